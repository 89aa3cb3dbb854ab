"""An added cell never ends; it costs its time limit, and no exercise loses by it."""

# %% after discount_rewards_solution
import time

while True:
    time.sleep(0.1)
