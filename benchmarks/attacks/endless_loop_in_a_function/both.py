"""Never returns."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    while True:
        time.sleep(1)
