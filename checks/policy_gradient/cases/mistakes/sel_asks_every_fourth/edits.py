"""Asks the model in every fourth call only. Loses: select_action."""

# %% replace select_action_solution
count = 0


def select_action(model, observation):
    global count, probs
    if count % 4 == 0:
        probs = model.predict_on_batch(observation[np.newaxis])[0]
    count += 1
    return np.random.choice(6, p=probs)
