"""Gammas in an array, an endless capacity, a loss by compute_loss, a game of its own in the loop."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(float("inf"), (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        done = terminated or truncated
        observation = next_observation
    return episode


# %% replace train_solution
import tensorflow as tf


def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    returns = (returns - np.mean(returns)) / (np.std(returns) + 1e-8)
    with tf.GradientTape() as tape:
        predicted = model(observations, training=True)
        loss = model.compute_loss(
            observations, tf.constant(actions), predicted, tf.constant(returns, tf.float32)
        )
    gradients = tape.gradient(loss, model.trainable_variables)
    model.optimizer.apply(gradients, model.trainable_variables)
    return loss.numpy()


# %% replace training_loop_solution
scores = []
env = PongEnv()
gammas = np.full(nr_episodes, gamma)
for current_gamma in gammas:
    episode = run_episode(env, model)
    loss = train(model, episode, current_gamma)
    scores.append(episode.score)
    print(loss.round(3))
