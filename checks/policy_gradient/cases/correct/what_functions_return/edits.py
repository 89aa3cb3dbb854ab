"""Uses what the own functions return beyond what is asked: an action of NumPy's, a loss, a compiled model."""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    model.compile(loss="categorical_crossentropy", optimizer=Adam(learning_rate))
    return model


# %% replace select_action_solution
def select_action(model, observation):
    action_probs = model.predict_on_batch(observation[np.newaxis])[0]
    return np.random.choice(np.arange(6), p=action_probs / action_probs.sum())


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action.item())
        episode.append(observation, to_categorical(action.astype(int), 6), reward)
        observation, done = next_observation, terminated or truncated
    return episode


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma, normalise=False):
    returns = np.zeros(len(rewards))
    following = 0.0
    for t in reversed(range(len(rewards))):
        returns[t] = following = rewards[t] + gamma * following
    if normalise:
        returns = (returns - returns.mean()) / (returns.std() + 1e-9)
    return returns


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    weights = discount_rewards(rewards, gamma, normalise=True)
    history = model.fit(observations, actions, sample_weight=weights, epochs=1, verbose=0)
    return history.history["loss"][0]


# %% replace training_loop_solution
model = compile_model(build_model(), learning_rate)
scores, losses = [], []
for episode_number in range(nr_episodes):
    episode = run_episode(env, model)
    loss = train(model, episode, gamma)
    losses.append(loss)
    scores.append(episode.score)
    print(f"{episode_number}: loss {loss:.4f}, score {episode.score:+.0f}")
