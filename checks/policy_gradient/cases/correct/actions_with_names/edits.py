"""An enumeration of the actions, a draw by scipy, one-hot vectors from pandas' and TensorFlow's tools."""

# %% after imports
from enum import IntEnum

import scipy.stats
import tensorflow as tf


class Action(IntEnum):
    NOTHING, FIRE, UP, DOWN, UP_FIRE, DOWN_FIRE = range(6)


# %% replace select_action_solution
def select_action(model, observation):
    probs = np.asarray(model.predict(observation.reshape((1,) + observation.shape), 1, 0)[0], float)
    drawn = scipy.stats.multinomial.rvs(1, probs / probs.sum())
    return Action(int(np.argmax(drawn)))


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    state = env.reset()[0]
    done = False
    while done is False:
        action = select_action(model, state)
        step = env.step(action)
        episode.append(state, tf.one_hot(int(action), 6).numpy(), step[1])
        state, done = step[0], any(step[2:4])
    return episode
