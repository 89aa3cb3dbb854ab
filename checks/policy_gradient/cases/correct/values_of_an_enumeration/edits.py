"""Actions are members of an enumeration, and run_episode uses their values and names."""

# %% after imports
from enum import IntEnum


class Action(IntEnum):
    NOTHING, FIRE, UP, DOWN, UP_FIRE, DOWN_FIRE = range(6)


# %% replace select_action_solution
def select_action(model, observation):
    probs = model.predict_on_batch(observation[np.newaxis])[0]
    return Action(np.random.choice(6, p=probs))


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action.value)
        episode.append(observation, to_categorical(action.value, 6), reward)
        done = terminated or truncated
        observation = next_observation
    return episode
