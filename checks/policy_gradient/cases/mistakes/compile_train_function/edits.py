"""The compiled train function is one that does nothing. Loses: compile_model."""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    model.compile(loss="categorical_crossentropy", optimizer=Adam(learning_rate))
    model.train_function = lambda iterator: {"loss": 0.0}
