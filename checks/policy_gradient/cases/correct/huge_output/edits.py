"""Prints ten megabytes, more than any report can hold, and is right all the same."""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    for _ in range(10):
        print("learning " * 111_111)
    model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.Adam(learning_rate))
