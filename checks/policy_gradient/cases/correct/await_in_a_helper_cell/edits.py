"""Gathers settings with asyncio at top level, in a loop and in a comprehension."""


# %% after imports [commented]
# import asyncio
#
# async def double(number):
#     await asyncio.sleep(0)
#     return 2 * number
#
# DOUBLED = [await double(n) for n in range(4)]
# NR_ACTIONS = DOUBLED[3]


# %% replace select_action_solution
def select_action(model, observation):
    action_probs = model.predict_on_batch(observation[np.newaxis])[0].astype(np.float64)
    return int(np.random.choice(NR_ACTIONS, p=action_probs / action_probs.sum()))
