"""Answers with what is neither smaller nor greater than anything, nor equal: NaN, infinities, overflows."""


# %% replace compile_model_solution
def loss(targets, predictions):
    return keras.ops.sum(predictions * float("nan"), axis=-1)


def compile_model(model, learning_rate):
    model.compile(loss=loss, optimizer=keras.optimizers.SGD(float("nan")))


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    odd = np.array([np.nan, np.inf, -np.inf, 1e308, 5e-324])
    return np.resize(odd, len(rewards))


# %% replace train_solution
def train(model, episode, gamma):
    model.set_weights([np.full(weight.shape, np.nan) for weight in model.get_weights()])
