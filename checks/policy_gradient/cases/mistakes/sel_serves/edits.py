"""Presses FIRE where no ball is to be seen between the paddles. Loses: select_action."""


# %% replace select_action_solution
def select_action(model, observation):
    if not observation[:, 12:68, 0].any():
        return 1  # serve
    return np.random.choice(6, p=model.predict_on_batch(observation[np.newaxis])[0])
