"""Compiles with a loss object and returns the model as well; only what was compiled counts."""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    loss = keras.losses.CategoricalCrossentropy()
    optimizer = keras.optimizers.Adam(learning_rate=learning_rate)
    model.compile(optimizer, loss)
    return model
