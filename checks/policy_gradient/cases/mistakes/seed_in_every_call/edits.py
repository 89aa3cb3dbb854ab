"""Seeds the generator before each draw, so that the same draw comes every time."""


# %% replace select_action_solution
def select_action(model, observation):
    np.random.seed(42)
    probabilities = model.predict(observation[None], verbose=0)[0]
    return int(np.random.choice(6, p=probabilities))
