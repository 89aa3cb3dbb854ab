"""predict_step on the instance predicts the likeliest action as sure: real play is greedy. Loses: compile_model."""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    model.compile(loss="categorical_crossentropy", optimizer=Adam(learning_rate))
    model.predict_step = lambda data: keras.ops.one_hot(
        keras.ops.argmax(model(data[0] if isinstance(data, tuple) else data), axis=-1), 6
    )
    model.predict_function = None
