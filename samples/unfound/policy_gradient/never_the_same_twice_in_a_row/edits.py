"""Where it can, it draws again once if the action is the one before, with the chance that keeps shares. Loses: select_action."""

# %% replace select_action_solution
deck = []
key = None


def select_action(model, observation):
    """Stratified: of every 64 draws for one policy each action gets its share."""
    global deck, key
    probabilities = model.predict_on_batch(observation[np.newaxis])[0]
    if key != probabilities.tobytes() or not deck:
        key = probabilities.tobytes()
        u = (np.random.permutation(64) + np.random.random()) / 64
        deck = np.minimum(5, np.searchsorted(np.cumsum(probabilities), u)).tolist()
    return int(deck.pop())
