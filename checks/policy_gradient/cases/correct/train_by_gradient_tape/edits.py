"""Computes the loss and its gradient by hand and lets the model's optimizer apply it."""

# %% after imports
import tensorflow as tf


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma), dtype=np.float64)
    deviation = returns.std() if returns.std() > 1e-6 else 1.0
    returns = ((returns - returns.mean()) / deviation).astype(np.float32)
    with tf.GradientTape() as tape:
        probabilities = model(observations, training=True)
        losses = keras.losses.categorical_crossentropy(actions, probabilities)
        loss = tf.reduce_mean(returns * losses)
    gradients = tape.gradient(loss, model.trainable_variables)
    model.optimizer.apply_gradients(zip(gradients, model.trainable_variables))
