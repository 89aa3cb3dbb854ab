"""SGD in place of Adam."""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.SGD(learning_rate))
