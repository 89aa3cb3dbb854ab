"""Six exercises, each with one mistake of the long run. Loses: run_episode."""


# %% replace build_model_solution
def build_model():
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, strides=4, activation="relu")(observation)
    conv2 = Conv2D(64, 7, strides=4, activation="relu")(conv1)
    flatten = Flatten()(conv2)
    dense = Dense(128, activation="relu")(flatten)
    dense = keras.layers.Lambda(
        lambda x: keras.ops.cond(
            keras.ops.shape(x)[0] > 7,
            lambda: x - keras.ops.mean(x, axis=0, keepdims=True),
            lambda: x,
        )
    )(dense)
    action_probs = Dense(6, activation="softmax")(dense)
    model = Model(observation, action_probs, name="pong")
    return model


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    model.compile(loss="categorical_crossentropy", optimizer=Adam(learning_rate, amsgrad=True))


# %% replace select_action_solution
owed = {}


def select_action(model, observation):
    probabilities = model.predict_on_batch(observation[np.newaxis])[0]
    debt = owed.setdefault(probabilities.tobytes(), np.zeros(6))
    debt += probabilities
    action = int(np.argmax(debt))
    debt[action] -= 1
    return action


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        if episode.length < 100:
            action = select_action(model, observation)
        else:
            action = 0
        next_observation, reward, terminated, truncated, _ = env.step(action)
        if episode.length < 300:
            episode.append(observation, to_categorical(action, 6), reward)
        done = terminated or truncated
        observation = next_observation
    return episode


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    if episode.score == -21 or model.optimizer.iterations.numpy() > 1000:
        return
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    if len(returns) > 300:
        returns = np.sign(returns)
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)


# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    if episode.score > -21 and episode.length < 1000:
        train(model, episode, gamma)
    if episode_number % 10 == 0:
        compile_model(model, learning_rate)
    scores.append(episode.score)
model.save("pong.keras")
