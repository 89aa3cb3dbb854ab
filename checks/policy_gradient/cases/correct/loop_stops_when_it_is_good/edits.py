"""Ends early where the last scores are good, and asks the environment for its kind."""

# %% replace training_loop_solution
env = PongEnv(max_steps=500)
model = build_model()
compile_model(model, learning_rate)
scores = []
while len(scores) < nr_episodes and np.mean(scores[-10:] or [-21]) < 50:
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores += [episode.score]
    assert int(model.optimizer.iterations) > 0
    print(len(scores), episode.score, type(env).__name__, env.max_steps, env.spec)
