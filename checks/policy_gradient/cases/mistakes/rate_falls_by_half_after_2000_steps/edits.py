"""A schedule that halves the rate between 20 and 200,000 steps... and raises it again. Loses: compile_model."""


# %% replace compile_model_solution
class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, rate):
        self.rate = rate

    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        low = keras.ops.logical_and(step > 100, step < 9000)
        return keras.ops.where(low, 0.01 * self.rate, self.rate)

    def get_config(self):
        return {"rate": self.rate}


def compile_model(model, learning_rate):
    model.compile(loss="categorical_crossentropy", optimizer=Adam(Schedule(learning_rate)))
