"""Wraps the given environment, counts its games, and trains in an environment made in the loop's cell."""

# %% replace create_environment
import gymnasium as gym

env = gym.wrappers.RecordEpisodeStatistics(PongEnv())
print("Observations:", env.observation_space)

# %% replace run_episode_solution
games = 0


def run_episode(env, model):
    global games
    games += 1
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, info = env.reset(seed=games)
    while True:
        action = select_action(model, observation)
        next_observation, reward, *done, info = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        if any(done):
            break
        observation = next_observation
    return episode


# %% replace training_loop_solution
scores = []
train_env = PongEnv()
for i in range(nr_episodes):
    episode = run_episode(train_env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
