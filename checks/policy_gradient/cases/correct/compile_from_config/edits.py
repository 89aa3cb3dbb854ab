"""The optimizer from a configuration and the loss as a function."""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    config = {"class_name": "Adam", "config": {"learning_rate": learning_rate}}
    model.compile(
        loss=keras.losses.categorical_crossentropy,
        optimizer=keras.optimizers.get(config),
    )
