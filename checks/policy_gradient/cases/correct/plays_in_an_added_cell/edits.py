"""An added cell creates an environment, plays some steps and plots what it saw."""

# %% after select_action_solution
import matplotlib.pyplot as plt

my_env = PongEnv()
frame, _ = my_env.reset(seed=1)
my_model = build_model()
for _ in range(5):
    frame, *_ = my_env.step(select_action(my_model, frame))
plt.imshow(frame[:, :, 0])
plt.show()
