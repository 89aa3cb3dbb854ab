"""An Episode with defaults and a method more, under its old name; a schedule for the learning rate."""

# %% after imports
import utils


class Episode(utils.Episode):
    def __init__(self, capacity=2000, observation_shape=(80, 80, 2), action_shape=(6,)):
        super().__init__(capacity, observation_shape, action_shape)

    def remember(self, observation, action, reward):
        self.append(observation, to_categorical(action, 6), reward)


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode()
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.remember(observation, action, reward)
        done = terminated or truncated
        observation = next_observation
    return episode


# %% replace training_loop_solution
model = build_model()
compile_model(model, keras.optimizers.schedules.ExponentialDecay(learning_rate, 50, 0.9))
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
