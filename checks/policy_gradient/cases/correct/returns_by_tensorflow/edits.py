"""The recursion as a scan of TensorFlow's, in double precision."""

# %% after imports
import tensorflow as tf


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    rewards = tf.cast(tf.reverse(tf.convert_to_tensor(rewards), [0]), tf.float64)
    returns = tf.scan(
        lambda later, reward: reward + gamma * later, rewards, tf.constant(0.0, tf.float64)
    )
    return returns.numpy()[::-1].copy()
