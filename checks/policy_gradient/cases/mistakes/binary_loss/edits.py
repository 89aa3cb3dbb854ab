"""Binary cross-entropy, which also punishes the probabilities of the actions not taken."""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(learning_rate))
