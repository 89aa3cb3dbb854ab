"""Gives the hyperparameters and the model names of its own, and uses those."""

# %% replace hyperparameters
EPISODES = int(os.environ.get("NR_EPISODES", 250))
LR = 3e-5
GAMMA = 0.99
nr_episodes, learning_rate, gamma = EPISODES, LR, GAMMA

# %% replace training_model
agent = build_model()
compile_model(agent, LR)
model = agent

# %% replace training_loop_solution
scores = []
for i in range(EPISODES):
    episode = run_episode(env, agent)
    train(agent, episode, GAMMA)
    scores.append(episode.score)
model = agent
