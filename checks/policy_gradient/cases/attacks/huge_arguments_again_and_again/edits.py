"""Calls train of the training loop with 60 MB again and again, for whoever keeps its arguments."""

# %% replace training_loop_solution
huge = np.zeros(60 << 20, np.uint8)
episode = run_episode(env, model)
while True:
    try:
        train(model, episode, gamma, huge)
    except Exception:
        pass
