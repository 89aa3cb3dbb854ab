"""Gymnasium's action space draws with the probabilities that it is given."""


# %% replace select_action_solution
def select_action(model, observation):
    action_probs = model.predict_on_batch(np.array([observation]))[0].astype(np.float64)
    return env.action_space.sample(probability=action_probs / action_probs.sum())


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset(seed=int(np.random.randint(1000)))
    while True:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, np.eye(6)[action], reward)
        if terminated or truncated:
            print("Finished after", episode.length, "steps with", episode.score)
            return episode
        observation = next_observation
