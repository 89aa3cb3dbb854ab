# ruff: noqa: F821 - the notebook's own functions are there when these run
"""Wrong ideas of the loss, of the optimizer and of what compile_model is to do."""

import keras
from keras.optimizers import Adam

CROSS_ENTROPY = "categorical_crossentropy"


def squared_error(model, learning_rate):
    """Your loss is the squared error, which belongs to action values. Here the network predicts
    probabilities, and the labels are one-hot actions: the cross-entropy of the two is -log of the
    probability of what was played.

    Read again: Train model
    """
    model.compile(loss="mse", optimizer=Adam(learning_rate))


def absolute_error(model, learning_rate):
    """Your loss is the absolute error. Here the network predicts probabilities, and the labels are
    one-hot actions: the cross-entropy of the two is -log of the probability of what was played.

    Read again: Train model
    """
    model.compile(loss="mae", optimizer=Adam(learning_rate))


def huber_loss(model, learning_rate):
    """Your loss is Huber's, which belongs to action values. Here the network predicts probabilities, and
    the labels are one-hot actions: the cross-entropy of the two is -log of the probability of what was
    played.

    Read again: Train model
    """
    model.compile(loss=keras.losses.Huber(), optimizer=Adam(learning_rate))


def binary_loss(model, learning_rate):
    """Your loss is the binary cross-entropy, which takes each of the six numbers for a question of its
    own. The six are one distribution: use the cross-entropy for categories.

    Read again: Train model
    """
    model.compile(loss="binary_crossentropy", optimizer=Adam(learning_rate))


def sparse_loss(model, learning_rate):
    """Your loss wants the number of the action as its label. The episode stores actions as one-hot
    vectors: for these there is the categorical cross-entropy without "sparse".

    Read again: Train model
    """
    model.compile(loss="sparse_categorical_crossentropy", optimizer=Adam(learning_rate))


def divergence(model, learning_rate):
    """Your loss is a divergence between distributions, which cuts off what is improbable at another place
    than the cross-entropy does. Use the categorical cross-entropy.

    Read again: Train model
    """
    model.compile(loss="kl_divergence", optimizer=Adam(learning_rate))


def loss_from_logits(model, learning_rate):
    """Your loss takes the outputs for logits and sends them through a softmax once more. The last layer
    has done that already: leave from_logits out.

    Read again: Train model
    """
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    model.compile(loss=loss, optimizer=Adam(learning_rate))


def summed_loss(model, learning_rate):
    """Your loss is summed up over a batch, where Keras's default is the mean. Then a step is longer the
    more steps a batch has: leave the reduction as it is.

    Read again: Train model
    """
    loss = keras.losses.CategoricalCrossentropy(reduction="sum")
    model.compile(loss=loss, optimizer=Adam(learning_rate))


def label_smoothing(model, learning_rate):
    """Your loss smooths the labels, as one does for photographs: a part of each action goes to the
    others, which were not played. Leave label_smoothing out.

    Read again: Train model
    """
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.05)
    model.compile(loss=loss, optimizer=Adam(learning_rate))


def strong_label_smoothing(model, learning_rate):
    """Your loss smooths the labels, as one does for photographs: a tenth of each action goes to the
    others, which were not played. Leave label_smoothing out.

    Read again: Train model
    """
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.1)
    model.compile(loss=loss, optimizer=Adam(learning_rate))


def clips_small_probabilities(model, learning_rate):
    """Your loss clips small probabilities, so from an action that was improbable nothing is learned, and
    these tell most. Keras's own categorical cross-entropy is safe as it is.

    Read again: Train model
    """

    def loss(actions, probabilities):
        probabilities = keras.ops.clip(probabilities, 1e-3, 1 - 1e-3)
        return -keras.ops.sum(actions * keras.ops.log(probabilities), axis=-1)

    model.compile(loss=loss, optimizer=Adam(learning_rate))


def plain_gradient_descent(model, learning_rate):
    """Your optimizer is plain gradient descent. Adam was asked for, which gives each weight a step of its
    own length: with a rate as small as 0.00003 plain descent hardly moves.

    Read again: Train model
    """
    model.compile(loss=CROSS_ENTROPY, optimizer=keras.optimizers.SGD(learning_rate))


def rmsprop(model, learning_rate):
    """Your optimizer is RMSprop. It is a relative of Adam's, but has no momentum and no correction of its
    first steps: Adam was asked for.

    Read again: Train model
    """
    model.compile(loss=CROSS_ENTROPY, optimizer=keras.optimizers.RMSprop(learning_rate))


def no_momentum(model, learning_rate):
    """Your Adam has no momentum: beta_1 is 0. Give it the learning rate alone, and leave its other
    settings as they are.

    Read again: Train model
    """
    model.compile(loss=CROSS_ENTROPY, optimizer=Adam(learning_rate, beta_1=0.0))


def amsgrad(model, learning_rate):
    """Your Adam is its variant amsgrad, whose steps never grow again. Give it the learning rate alone,
    and leave its other settings as they are.

    Read again: Train model
    """
    model.compile(loss=CROSS_ENTROPY, optimizer=Adam(learning_rate, amsgrad=True))


def averages_the_weights(model, learning_rate):
    """Your Adam keeps a moving average of the weights, which takes their place after every `fit`: most of
    what an episode taught is gone then. Leave use_ema out.

    Read again: Train model
    """
    optimizer = Adam(learning_rate, use_ema=True, ema_momentum=0.99)
    model.compile(loss=CROSS_ENTROPY, optimizer=optimizer)


def decays_the_weights(model, learning_rate):
    """Your optimizer pulls all weights towards 0 at every step (weight decay). Nobody asked for that: use
    Adam with the learning rate alone.

    Read again: Train model
    """
    optimizer = keras.optimizers.AdamW(learning_rate, weight_decay=0.1)
    model.compile(loss=CROSS_ENTROPY, optimizer=optimizer)


def clips_the_gradient(model, learning_rate):
    """Your optimizer cuts gradients down to a greatest length, as in the exercise before. Here Adam was
    asked for as it is: leave clipnorm out.

    Read again: Train model
    """
    model.compile(loss=CROSS_ENTROPY, optimizer=Adam(learning_rate, clipnorm=0.1))


def does_not_step(model, learning_rate):
    """Your optimizer does something else with the gradients than Adam, so that the weights stay where
    they are. Use Adam itself, without a class of your own around it.

    Read again: Train model
    """

    class _Still(Adam):
        def apply_gradients(self, grads_and_vars):
            return super().apply_gradients([(0 * g, v) for g, v in grads_and_vars])

    model.compile(loss=CROSS_ENTROPY, optimizer=_Still(learning_rate))


def default_learning_rate(model, learning_rate):
    """Your optimizer has Keras's default rate of 0.001, since it is called by its name alone. Make it
    with the rate that is given: Adam(learning_rate).

    Read again: Train model
    """
    model.compile(loss=CROSS_ENTROPY, optimizer="adam")


def typed_in_learning_rate(model, learning_rate):
    """Your optimizer has the rate 0.00003 whatever learning_rate is passed. That number is only this
    notebook's choice: use the argument.

    Read again: Train model
    """
    model.compile(loss=CROSS_ENTROPY, optimizer=Adam(3e-5))


def no_small_learning_rates(model, learning_rate):
    """Your optimizer takes a rate of at least 0.0001, larger than the notebook's own. Use the argument
    learning_rate as it is.

    Read again: Train model
    """
    model.compile(loss=CROSS_ENTROPY, optimizer=Adam(max(learning_rate, 1e-4)))


def compiles_a_model_of_its_own(model, learning_rate):
    """Your function compiles a model that it builds itself; the one that was passed is as it was. Call
    compile on the argument model, and build none.

    Read again: Train model
    """
    model = build_model()
    model.compile(loss=CROSS_ENTROPY, optimizer=Adam(learning_rate))
    return model


def compiles_nothing(model, learning_rate):
    """Your function does not compile the model that was passed: afterwards it has no optimizer. Is there
    a call of model.compile in it?

    Read again: Train model
    """


def freezes_the_convolutions(model, learning_rate):
    """Your function freezes the convolutions, as one does with a network that was trained before. This
    one knows nothing yet: all its layers have to learn.

    Read again: Train model
    """
    for layer in model.layers:
        if isinstance(layer, keras.layers.Conv2D):
            layer.trainable = False
    model.compile(loss=CROSS_ENTROPY, optimizer=Adam(learning_rate))


def sharpens_the_last_layer(model, learning_rate):
    """Your function changes the activation of the last layer, so that the model predicts something else
    than before. compile_model only compiles.

    Read again: Train model
    """
    model.layers[-1].activation = lambda x: keras.ops.softmax(3.0 * x)
    model.compile(loss=CROSS_ENTROPY, optimizer=Adam(learning_rate))
