"""Other names for the parameters of the functions; nobody is told to call them by name."""


# %% replace discount_rewards_solution
def discount_rewards(r, g):
    G = [0.0]
    for R in r[::-1]:
        G.append(R + g * G[-1])
    return np.array(G[:0:-1])


# %% replace compile_model_solution
def compile_model(net, lr):
    net.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.Adam(lr))


# %% replace select_action_solution
def select_action(net, obs):
    p = net.predict(obs[None], verbose=0).squeeze()
    return np.random.choice(np.arange(6), p=p).item()
