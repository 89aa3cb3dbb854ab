"""Wraps the environment to have Gymnasium keep the statistics."""

# %% after imports
import gymnasium as gym


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    env = gym.wrappers.RecordEpisodeStatistics(env)
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        following, reward, terminated, truncated, info = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        observation = following
        done = terminated or truncated
    print("return:", info["episode"]["r"], "length:", info["episode"]["l"])
    return episode
