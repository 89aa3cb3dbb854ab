"""Wrong ideas of the network: another activation, stride or padding, something that was not asked for."""

import keras
from keras import layers


def no_softmax():
    """Your last layer has no softmax, so its six numbers are no probabilities. They were values of
    actions in the last exercise; here they say how likely each action is: activation="softmax".

    Read again: Prediction model
    """
    return _network(last=None)


def sigmoid_at_the_end():
    """Your last layer has a sigmoid: six numbers between 0 and 1, each by itself, that do not add up to
    1. The six actions share one probability: activation="softmax".

    Read again: Prediction model
    """
    return _network(last="sigmoid")


def relu_at_the_end():
    """Your last layer has ReLU, so its six numbers are no probabilities: they do not add up to 1. The
    last activation is softmax.

    Read again: Prediction model
    """
    return _network(last="relu")


def tanh_at_the_end():
    """Your last layer has tanh, so some of its numbers are negative, and they do not add up to 1. The
    last activation is softmax.

    Read again: Prediction model
    """
    return _network(last="tanh")


def no_relu_in_the_first_convolution():
    """Your first convolution has no activation. Without ReLU in between, two layers compute nothing that
    one could not compute as well: activation="relu".

    Read again: Prediction model
    """
    return _network(first=None)


def no_relu_in_the_second_convolution():
    """Your second convolution has no activation. Without ReLU in between, two layers compute nothing that
    one could not compute as well: activation="relu".

    Read again: Prediction model
    """
    return _network(second=None)


def no_relu_in_the_convolutions():
    """Your convolutions have no activation. Without ReLU in between, two layers compute nothing that one
    could not compute as well: activation="relu" in both.

    Read again: Prediction model
    """
    return _network(first=None, second=None)


def no_relu_in_the_dense_layer():
    """Your dense layer with 128 units has no activation. Without ReLU in between, two layers compute
    nothing that one could not compute as well: activation="relu".

    Read again: Prediction model
    """
    return _network(dense=None)


def no_relu_at_all():
    """None of your layers has ReLU. Without it all of them together compute nothing that a single layer
    could not compute as well: activation="relu" in both convolutions and in the dense layer with 128
    units.

    Read again: Prediction model
    """
    return _network(first=None, second=None, dense=None)


def no_activation_anywhere():
    """None of your layers has an activation. Without ReLU all of them together compute what a single
    layer could, and without softmax the six numbers are no probabilities.

    Read again: Prediction model
    """
    return _network(first=None, second=None, dense=None, last=None)


def tanh_in_the_dense_layer():
    """Your dense layer with 128 units has tanh in place of ReLU. The description asks for
    activation="relu".

    Read again: Prediction model
    """
    return _network(dense="tanh")


def tanh_everywhere():
    """Your hidden layers have tanh in place of ReLU. The description asks for activation="relu" in all
    three.

    Read again: Prediction model
    """
    return _network(first="tanh", second="tanh", dense="tanh")


def sigmoid_in_the_dense_layer():
    """Your dense layer with 128 units has a sigmoid in place of ReLU. The description asks for
    activation="relu".

    Read again: Prediction model
    """
    return _network(dense="sigmoid")


def leaky_relu():
    """Your hidden layers have a leaky ReLU, which lets a little of what is negative through. The
    description asks for ReLU itself: activation="relu".

    Read again: Prediction model
    """
    leaky = layers.LeakyReLU(negative_slope=0.01)
    return _network(first=leaky, second=leaky, dense=leaky)


def capped_relu():
    """Your convolutions cap their numbers from above. ReLU cuts off what is negative and nothing else:
    activation="relu".

    Read again: Prediction model
    """
    return _network(first=layers.ReLU(max_value=20), second=layers.ReLU(max_value=20))


def rescales_the_pixels():
    """Your network divides the observation by 255, a habit from photographs. The pixels of this
    environment are 0 and 1 already: leave that layer out.

    Read again: Pong
    """
    return _network(before=layers.Rescaling(1 / 255))


def clips_the_logits():
    """Your network cuts off what goes into the softmax, which is safe as it is: Keras's softmax does not
    overflow. Give the last layer activation="softmax" and nothing beside it.

    Read again: Prediction model
    """
    cap = layers.ReLU(max_value=20.0)
    return _network(last=lambda x: keras.ops.softmax(cap(x + 10.0)))


def softmax_twice():
    """Your network sends its outputs through a softmax twice, so all actions stay nearly alike whatever
    it learns. Give the last layer activation="softmax", and add no softmax behind it.

    Read again: Prediction model
    """
    return _network(last=lambda x: keras.ops.softmax(keras.ops.softmax(x)))


def max_pooling_for_strides():
    """Your convolutions have no strides, and pooling comes behind them instead. The description asks for
    strides of 4 and no pooling: it is the convolution itself that moves on by four pixels.

    Read again: Prediction model
    """
    frame = layers.Input((80, 80, 2))
    conv1 = layers.MaxPooling2D(4)(layers.Conv2D(32, 7, activation="relu")(frame))
    conv2 = layers.MaxPooling2D(3)(layers.Conv2D(64, 7, activation="relu")(conv1))
    hidden = layers.Dense(128, activation="relu")(layers.Flatten()(conv2))
    return keras.Model(frame, layers.Dense(6, activation="softmax")(hidden))


def penalty_on_weights():
    """Your network has a penalty on its weights (a regulariser), which every training step makes smaller,
    too. Nobody asked for it: leave it out.

    Read again: Prediction model
    """
    return _network(more={"kernel_regularizer": "l2"})


def constraint_on_weights():
    """Your network has a constraint that cuts weights down after every training step. Nobody asked for
    it: leave it out.

    Read again: Prediction model
    """
    return _network(more={"kernel_constraint": keras.constraints.MaxNorm(1.0)})


def starts_from_ones():
    """All kernels of your network start from one number, so the units of a layer are alike and stay so:
    they can learn only one thing together. Leave the initialisers as they are.

    Read again: Prediction model
    """
    return _network(start="ones")


def starts_from_zeros():
    """All kernels of your network start from 0, so nothing of the observation gets through, and it never
    learns. Leave the initialisers as they are.

    Read again: Prediction model
    """
    return _network(start="zeros")


_one_model = []


def one_model_for_all_calls():
    """Your build_model gives back one and the same model in every call, so the untrained model that is
    shown for comparison is the trained one. Build a new one each time.

    Read again: Prediction model
    """
    if not _one_model:
        _one_model.append(_network())
    return _one_model[0]


def _network(
    first="relu",
    second="relu",
    dense="relu",
    last="softmax",
    before=None,
    more=None,
    start=None,
):
    kernels = {"kernel_initializer": start} if start else {}
    frame = layers.Input((80, 80, 2))
    seen = before(frame) if before else frame
    conv1 = layers.Conv2D(32, 7, strides=4, activation=first, **kernels)(seen)
    conv2 = layers.Conv2D(64, 7, strides=4, activation=second, **kernels)(conv1)
    flat = layers.Flatten()(conv2)
    hidden = layers.Dense(128, activation=dense, **(more or {}), **kernels)(flat)
    policy = layers.Dense(6, activation=last, **(kernels if start == "zeros" else {}))(hidden)
    return keras.Model(frame, policy, name="pong")
