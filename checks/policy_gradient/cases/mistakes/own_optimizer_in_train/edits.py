"""Computes the gradient itself and applies it with an Adam of its own: what compile_model set
up is not used. Loses: train."""

# %% replace train_solution
import tensorflow as tf

own_optimizers = {}


def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    adam = own_optimizers.setdefault(id(model), Adam(1e-4))
    with tf.GradientTape() as tape:
        losses = keras.losses.categorical_crossentropy(actions, model(observations))
        loss = tf.reduce_mean(losses * returns.astype("float32"))
    gradients = tape.gradient(loss, model.trainable_weights)
    adam.apply_gradients(zip(gradients, model.trainable_weights))
