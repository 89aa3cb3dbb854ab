"""Greedy as soon as the optimizer has taken 500 steps. Loses: run_episode."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        if model.optimizer.iterations.numpy() < 500:
            action = select_action(model, observation)
        else:
            action = int(np.argmax(model.predict_on_batch(observation[np.newaxis])[0]))
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        done = terminated or truncated
        observation = next_observation
    return episode
