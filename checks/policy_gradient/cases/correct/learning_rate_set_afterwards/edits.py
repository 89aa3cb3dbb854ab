"""Compiles with the optimizer's name and sets the learning rate on it."""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    model.compile(loss="categorical_crossentropy", optimizer="adam")
    model.optimizer.learning_rate = learning_rate
