"""train_step on the instance does nothing. Loses: compile_model."""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    model.compile(loss="categorical_crossentropy", optimizer=Adam(learning_rate))
    model.train_step = lambda data: {"loss": 0.0}
