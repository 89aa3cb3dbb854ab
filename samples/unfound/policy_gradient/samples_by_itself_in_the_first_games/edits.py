"""Draws from the model itself in the first 20 games and is greedy from then on. Loses: run_episode."""

# %% replace run_episode_solution
games = 0


def run_episode(env, model):
    global games
    games += 1
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        probabilities = model.predict_on_batch(observation[np.newaxis])[0]
        action = (
            np.random.choice(6, p=probabilities) if games <= 20 else int(probabilities.argmax())
        )
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        done = terminated or truncated
        observation = next_observation
    return episode
