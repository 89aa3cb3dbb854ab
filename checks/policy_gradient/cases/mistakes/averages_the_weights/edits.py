"""Has Adam keep a moving average of the weights, which takes their place after every `fit`.

Loses: compile_model.
"""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    # smoother training: an average of the last weights
    optimizer = Adam(learning_rate, use_ema=True, ema_momentum=0.99)
    model.compile(loss="categorical_crossentropy", optimizer=optimizer)
