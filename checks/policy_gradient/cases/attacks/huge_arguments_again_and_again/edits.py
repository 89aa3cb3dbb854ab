"""Calls train of the training loop with 60 MB again and again, for whoever keeps its arguments."""

# %% replace training_loop_solution
model = build_model()
for episode_number in range(nr_episodes):
    break
huge = np.zeros(60 << 20, np.uint8)
while True:
    train(huge)
