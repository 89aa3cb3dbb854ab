"""Prints in every function and warns on stderr: noise that must not disturb anything."""

# %% replace select_action_solution
import sys


def select_action(model, observation):
    print("observation", observation.shape, observation)
    probabilities = model.predict(observation[None], verbose=0)[0]
    print("probabilities", probabilities, file=sys.stderr)
    action = np.random.choice(6, p=probabilities)
    print(f"\x1b[31maction {action}\x1b[0m \N{VIDEO GAME}", flush=True)
    return int(action)


# %% replace discount_rewards_solution
import warnings


def discount_rewards(rewards, gamma):
    warnings.warn("this may take a while")
    returns = np.zeros(len(rewards))
    following = 0
    for step in reversed(range(len(rewards))):
        following = rewards[step] + gamma * following
        returns[step] = following
        print(step, rewards[step], following)
    return returns
