"""Calls the given `evaluate` every fifty episodes."""

# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
scores = []
for episode_number in range(nr_episodes):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    if episode_number % 50 == 0:
        print("greedy:", evaluate(PongEnv(render_mode="rgb_array"), model, speed=4))
