"""Writes Adam's own defaults out, and asks for no compilation."""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    optimizer = Adam(learning_rate=learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7)
    assert model.input_shape == (None, 80, 80, 2) and model.output_shape == (None, 6)
    model.compile(
        optimizer=optimizer,
        loss=keras.losses.CategoricalCrossentropy(from_logits=False),
        metrics=[keras.metrics.CategoricalAccuracy()],
        jit_compile=False,
    )
    print(f"{model.name}: {model.count_params()} parameters, {len(model.layers)} layers")
