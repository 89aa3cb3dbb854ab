"""Each layer an object with a name, a loop over the filters, activations as layers and as functions."""

# %% after imports
import tensorflow as tf
from tensorflow.keras import layers


# %% replace build_model_solution
def build_model(input_shape=(80, 80, 2), nr_actions=6, name="pong"):
    inputs = x = tf.keras.Input(shape=input_shape, name="frames", dtype="float32")
    x = layers.Rescaling(1.0)(x)
    for filters in (32, 64):
        x = layers.Conv2D(
            filters=filters,
            kernel_size=(7, 7),
            strides=(4, 4),
            padding="valid",
            kernel_initializer="he_normal",
            activation=tf.nn.relu,
            name=f"conv_{filters}",
        )(x)
    x = layers.Reshape((-1,))(x)
    x = layers.ReLU()(layers.Dense(128, name="hidden")(x))
    outputs = layers.Softmax(name="policy")(layers.Dense(nr_actions, name="logits")(x))
    return tf.keras.Model(inputs=inputs, outputs=outputs, name=name)


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    optimizer = tf.keras.optimizers.Adam()
    optimizer.learning_rate = learning_rate
    model.compile(
        optimizer=optimizer,
        loss=tf.keras.losses.categorical_crossentropy,
        weighted_metrics=["accuracy"],
        jit_compile=False,
    )
    model.summary(line_length=100)
