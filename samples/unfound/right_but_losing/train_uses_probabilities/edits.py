"""select_action's globals: keeps log-probabilities of the game for a print in train."""

# %% replace select_action_solution
entropies = []


def select_action(model, observation):
    p = model.predict_on_batch(observation[np.newaxis])[0]
    entropies.append(-(p * np.log(p + 1e-12)).sum())
    return np.random.choice(6, p=p)


# %% replace run_episode_solution
def run_episode(env, model):
    entropies.clear()
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        done = terminated or truncated
        observation = next_observation
    print("mean entropy", sum(entropies) / len(entropies), "last", entropies[-1])
    return episode
