"""compile sharpens the last activation of a convolutional network. Loses: compile_model."""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    model.layers[-1].activation = lambda x: keras.ops.softmax(3.0 * x)
    model.compile(loss="categorical_crossentropy", optimizer=Adam(learning_rate))
