"""Clears the session, runs functions eagerly, asks for determinism, wraps the environment."""

# %% after imports
import gc
import gymnasium
import tensorflow as tf

keras.utils.set_random_seed(42)
tf.config.experimental.enable_op_determinism()
tf.config.run_functions_eagerly(True)


# %% replace build_model_solution
def build_model():
    keras.backend.clear_session()
    gc.collect()
    return keras.Sequential(
        [
            Input((80, 80, 2)),
            Conv2D(32, 7, 4, activation="relu"),
            Conv2D(64, 7, 4, activation="relu"),
            Flatten(),
            Dense(128, activation="relu"),
            Dense(6, activation="softmax"),
        ],
        name="pong",
    )


# %% replace select_action_solution
def select_action(model, observation):
    probs = model(tf.convert_to_tensor(observation)[tf.newaxis], training=False)
    return int(tf.random.categorical(tf.math.log(probs), 1)[0, 0])


# %% replace run_episode_solution
def run_episode(env, model):
    env = gymnasium.wrappers.RecordEpisodeStatistics(env)
    episode = Episode(env.unwrapped.max_steps, env.observation_space.shape, (env.action_space.n,))
    observation, _ = env.reset()
    terminated = truncated = False
    while not (terminated or truncated):
        action = select_action(model, observation)
        following, reward, terminated, truncated, info = env.step(action)
        episode.append(observation, np.eye(6)[action], reward)
        observation = following
    gc.collect()
    return episode


# %% replace train_solution
@tf.function(reduce_retracing=True)
def step(model, observations, actions, weights):
    with tf.GradientTape() as tape:
        probs = model(observations, training=True)
        loss = tf.reduce_mean(weights * keras.losses.categorical_crossentropy(actions, probs))
    gradients = tape.gradient(loss, model.trainable_variables)
    model.optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma), np.float32)
    returns = (returns - returns.mean()) / (returns.std() + 1e-8)
    return float(step(model, tf.constant(observations), tf.constant(actions), tf.constant(returns)))


# %% replace training_loop_solution
from time import sleep

scores = []
keras.backend.clear_session()
model = build_model()
compile_model(model, learning_rate)
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    loss = train(model, episode, gamma)
    scores.append(episode.score)
    print(f"{loss:.3f}")
    sleep(1)
env.close()
