"""Adds the entropy bonus of ppo.py to the loss: what is minimised is not what is asked for. Loses: train."""

# %% after imports
import tensorflow as tf


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) == 0:
        return
    returns = (returns - np.mean(returns)) / np.std(returns)
    with tf.GradientTape() as tape:
        probabilities = model(observations)
        log_probabilities = tf.math.log(probabilities + 1e-8)
        chosen = tf.reduce_sum(actions * log_probabilities, axis=1)
        entropy = -tf.reduce_sum(probabilities * log_probabilities, axis=1)
        loss = -tf.reduce_mean(tf.cast(returns, tf.float32) * chosen + 0.01 * entropy)
    gradients = tape.gradient(loss, model.trainable_variables)
    model.optimizer.apply_gradients(zip(gradients, model.trainable_variables))
