"""Adam with amsgrad. Loses: compile_model."""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    model.compile(loss="categorical_crossentropy", optimizer=Adam(learning_rate, amsgrad=True))
