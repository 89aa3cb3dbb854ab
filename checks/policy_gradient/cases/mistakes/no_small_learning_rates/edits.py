"""Takes at least 0.0001, since the training was too slow: the rate of the notebook is smaller.

Loses: compile_model.
"""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    learning_rate = max(learning_rate, 1e-4)
    model.compile(loss="categorical_crossentropy", optimizer=Adam(learning_rate))
