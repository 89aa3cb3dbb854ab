"""A truly subclassed model, built by a call."""


# %% replace build_model_solution
class Pong(Model):
    def __init__(self):
        super().__init__(name="pong")
        self.c1 = Conv2D(32, 7, strides=4, activation="relu")
        self.c2 = Conv2D(64, 7, strides=4, activation="relu")
        self.f = Flatten()
        self.d = Dense(128, activation="relu")
        self.o = Dense(6, activation="softmax")

    def call(self, x):
        return self.o(self.d(self.f(self.c2(self.c1(x)))))


def build_model():
    model = Pong()
    model(Input((80, 80, 2)))
    return model
