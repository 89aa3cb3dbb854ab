"""Collects everything in lists in a `for` loop and fills the buffer when the game is over."""


# %% replace run_episode_solution
def run_episode(env, model):
    states, actions, rewards = [env.reset()[0]], [], []
    for _ in range(2000):
        actions.append(select_action(model, states[-1]))
        state, reward, terminated, truncated, _ = env.step(actions[-1])
        rewards.append(reward)
        if terminated or truncated:
            break
        states.append(state)
    episode = Episode(2000, (80, 80, 2), (6,))
    for state, action, reward in zip(states, actions, rewards):
        episode.append(state, keras.utils.to_categorical(action, 6), reward)
    return episode
