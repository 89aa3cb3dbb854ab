"""All right; below the evaluation a greedy `select_action` is tried out under the exercise's own name."""


# %% after evaluate_trained
def select_action(model, observation):
    return int(np.argmax(model.predict_on_batch(observation[np.newaxis])[0]))


print(select_action(untrained_model, observation))
