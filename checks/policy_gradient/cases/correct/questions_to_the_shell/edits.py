"""Help, lists of names, shell commands with values in braces, other languages, timings: what notebooks have."""

# %% after imports [commented]
# np.random.choice?
# files = !ls
# print(len(files))
# !echo {len(files)} files in $PWD
# %who
# %cd .
# %precision 4
# %xmode Minimal
# %config InlineBackend.figure_format = 'retina'
# import warnings; warnings.filterwarnings("ignore")

# %% after create_environment [commented]
# %%bash
# echo "a shell"

# %% after show_frames [commented]
# %%html
# <b>bold</b>

# %% after discount_rewards [commented]
# %timeit -n 2 -r 2 discount_rewards(np.ones(100), 0.9)
# %time discount_rewards(np.ones(5), 0.5)
# discount_rewards??
# help(discount_rewards)
# import inspect
# print(inspect.getsource(select_action))

# %% replace discount_rewards_solution [commented]
# %%time
# # my own
# def discount_rewards(rewards, gamma):
#     """Return the returns.
#
#     >>> discount_rewards([0, 1], 0.5).tolist()
#     [0.5, 1.0]
#     """
#     from collections import deque
#     returns = deque()
#     for reward in np.flip(rewards):
#         returns.appendleft(float(reward) + gamma * (returns[0] if returns else 0.0))
#     return np.array(returns)
# import doctest
# doctest.testmod()
