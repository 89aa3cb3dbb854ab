"""A colon is missing: the cell does not parse, all others do."""

# %% replace run_episode_solution [commented]
# def run_episode(env, model):
#     episode = Episode(2000, (80, 80, 2), (6,))
#     observation, _ = env.reset()
#     while True
#         action = select_action(model, observation)
#         next_observation, reward, terminated, truncated, _ = env.step(action)
#         episode.append(observation, np.eye(6)[action], reward)
#         observation = next_observation
#         if terminated or truncated:
#             return episode
