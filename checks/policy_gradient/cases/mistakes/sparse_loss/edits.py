"""The sparse loss, which wants action numbers where the actions are one-hot."""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    model.compile(
        loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.Adam(learning_rate)
    )
