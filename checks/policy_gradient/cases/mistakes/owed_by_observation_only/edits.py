"""Owes each action its share, in the order of the actions; one debt for all observations. Loses: select_action."""

# %% replace select_action_solution
debt = np.zeros(6)


def select_action(model, observation):
    global debt
    debt = debt + model.predict_on_batch(observation[np.newaxis])[0]
    action = int(np.argmax(debt))
    debt[action] -= 1
    return action
