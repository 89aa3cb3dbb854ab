"""Written on Colab: packages installed again, a GPU looked for, a drive that is not there, seeds for all."""

# %% before imports [commented]
# %pip install -q tqdm
# !nvidia-smi
# %load_ext autoreload
# %autoreload 2
# %env KERAS_BACKEND=tensorflow

# %% after imports
import random

import tensorflow as tf

try:
    from google.colab import drive

    drive.mount("/content/drive")
except ImportError:
    print("not on Colab")
for gpu in tf.config.list_physical_devices("GPU"):
    tf.config.experimental.set_memory_growth(gpu, True)
random.seed(42)
np.random.seed(42)
keras.utils.set_random_seed(42)
tf.get_logger().setLevel("ERROR")
np.set_printoptions(precision=3, suppress=True)


# %% replace select_action_solution
def select_action(model, observation):
    with tf.device("/CPU:0"):
        action_probs = model(
            tf.convert_to_tensor(observation[None, ...], tf.float32), training=False
        )
    action = tf.random.categorical(tf.math.log(action_probs), num_samples=1)
    return int(action[0, 0])


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    returns = (returns - np.mean(returns)) / (np.std(returns) + 1e-9)
    with tf.device("/CPU:0"):
        history = model.fit(
            tf.constant(observations),
            tf.constant(actions),
            sample_weight=tf.constant(returns, tf.float32),
            epochs=1,
            verbose=0,
        )
    print("loss:", history.history["loss"][-1])
