"""The student moved cells while working: a function stands before those that it calls."""

# %% move train_solution before build_model_solution

# %% move discount_rewards_solution after train_solution

# %% move select_action_solution after run_episode_solution
