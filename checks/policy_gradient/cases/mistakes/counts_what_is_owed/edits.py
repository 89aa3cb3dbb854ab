"""Owes each action its share and plays whichever is owed most: no chance at all. Loses: select_action."""

# %% replace select_action_solution
owed = {}


def select_action(model, observation):
    probabilities = model.predict_on_batch(observation[np.newaxis])[0]
    debt = owed.setdefault(probabilities.tobytes(), np.zeros(6))
    debt += probabilities
    action = int(np.argmax(debt))
    debt[action] -= 1
    return action
