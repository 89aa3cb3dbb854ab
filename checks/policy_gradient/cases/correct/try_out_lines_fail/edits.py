"""The functions are right; the lines below them, left over from trying them out, raise."""

# %% replace discount_rewards_solution
print(discount_rewards([0, 0, 1], gamma))


def discount_rewards(rewards, gamma):
    returns = np.zeros(len(rewards))
    following = 0
    for step in range(len(rewards) - 1, -1, -1):
        following = rewards[step] + gamma * following
        returns[step] = following
    return returns


print(discount_rewards(my_rewards, gamma))
assert discount_rewards([1, 1], 1.0) == [2, 1]
plt.plot(discount_rewards(my_rewards, gamma))

# %% after discount_rewards_solution
discount_rewards()

# %% after train_solution
1 / 0
