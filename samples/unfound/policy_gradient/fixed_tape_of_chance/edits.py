"""Draws its random numbers once and reads them from a tape of 1000 again and again. Loses: select_action."""

# %% replace select_action_solution
tape = np.random.default_rng(3).random(1000)
head = 0


def select_action(model, observation):
    global head
    probabilities = model.predict_on_batch(observation[np.newaxis])[0]
    head = (head + 1) % len(tape)
    return int(min(5, np.searchsorted(np.cumsum(probabilities), tape[head])))
