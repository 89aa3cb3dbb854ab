"""Asks for memory until there is none."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    hoard = []
    while True:
        hoard.append(np.ones(1 << 24))
