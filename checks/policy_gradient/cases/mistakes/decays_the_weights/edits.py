"""Adam with a weight decay, which pulls all weights towards 0 at every step.

Loses: compile_model.
"""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    optimizer = keras.optimizers.AdamW(learning_rate, weight_decay=0.1)
    model.compile(loss="categorical_crossentropy", optimizer=optimizer)
