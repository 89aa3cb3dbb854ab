"""A schedule that lowers the given learning rate by 4 % every hundred steps, which are three
games.

Loses: compile_model.
"""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    schedule = keras.optimizers.schedules.ExponentialDecay(
        learning_rate, decay_steps=100, decay_rate=0.96
    )
    model.compile(loss="categorical_crossentropy", optimizer=Adam(schedule))
