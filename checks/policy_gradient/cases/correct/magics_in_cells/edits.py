"""Line magics, cell magics and shell commands stand between the lines, as they do in notebooks."""

# %% after imports [commented]
# %matplotlib inline
# !pip install gymnasium[atari]
# %load_ext autoreload
# ?np.random.choice

# %% replace discount_rewards_solution [commented]
# %%time
# def discount_rewards(rewards, gamma):
#     returns = np.zeros(len(rewards))
#     following = 0
#     for step in reversed(range(len(rewards))):
#         following = rewards[step] + gamma * following
#         returns[step] = following
#     return returns

# %% replace compile_model_solution [commented]
# %config InlineBackend.figure_format = 'retina'
# def compile_model(model, learning_rate):
#     model.compile(loss='categorical_crossentropy', optimizer=keras.optimizers.Adam(learning_rate))
#
# %timeit -n 1 -r 1 sum(range(10))
