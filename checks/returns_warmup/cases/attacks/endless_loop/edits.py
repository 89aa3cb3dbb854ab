"""Never comes back: the exercise is lost to the time limit, and the other one is graded."""


# %% replace plain_returns_solution
def plain_returns(rewards, gamma):
    while True:
        pass
