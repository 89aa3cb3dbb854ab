"""The hidden tests that both peers get: values, as an instructor writes them.

Each block below a mark belongs to the exercise that it names and runs where a student's notebook was run,
in nbgrader's grade cells and in Otter's test files alike (course.py).
"""
# ruff: noqa: D102, F821  # the notebook defines the names; hidden tests have no readers

# %% build_model
hidden_model = build_model()
hidden_observations = np.random.default_rng(1).random((3, 80, 80, 2), dtype=np.float32)
hidden_probabilities = hidden_model.predict_on_batch(hidden_observations)
assert hidden_probabilities.shape == (3, 6)
assert np.allclose(hidden_probabilities.sum(axis=1), 1.0, atol=1e-4)
assert hidden_model.count_params() == 235_558

# %% compile_model
hidden_model = build_model()
compile_model(hidden_model, 0.125)
assert abs(float(hidden_model.optimizer.learning_rate) - 0.125) < 1e-6
assert isinstance(hidden_model.optimizer, Adam)

# %% select_action
hidden_model = build_model()
hidden_weights = [np.zeros_like(weight) for weight in hidden_model.get_weights()]
hidden_weights[-1][3] = 50.0
hidden_model.set_weights(hidden_weights)
hidden_actions = [select_action(hidden_model, np.zeros((80, 80, 2))) for _ in range(5)]
assert hidden_actions == [3] * 5


# %% run_episode
class HiddenEnv:
    """Five steps, and a record of what was sent and received."""

    def __init__(self):
        self.observations, self.actions, self.rewards = [], [], []

    def _observe(self):
        self.observations.append(np.full((80, 80, 2), len(self.observations) / 8, np.float32))
        return self.observations[-1]

    def reset(self, seed=None, options=None):
        return self._observe(), {}

    def step(self, action):
        self.actions.append(int(action))
        self.rewards.append(float(len(self.actions)))
        return self._observe(), self.rewards[-1], len(self.actions) == 5, False, {}


hidden_env = HiddenEnv()
hidden_content = run_episode(hidden_env, build_model()).get()
assert np.array_equal(hidden_content[0], hidden_env.observations[:5])
assert np.array_equal(hidden_content[1], np.eye(6)[hidden_env.actions])
assert np.array_equal(hidden_content[2], hidden_env.rewards)
assert len(hidden_content[2]) == 5

# %% discount_rewards
expected = [0.375, 0.75, 1.5, 1.0, 2.0]
returns = discount_rewards(np.array([0, 0, 1, 0, 2]), 0.5)
assert len(returns) == len(expected)
assert np.allclose(returns, expected)
expected = (1 - 0.99 ** np.arange(50, 0, -1)) / (1 - 0.99)
np.testing.assert_allclose(discount_rewards(np.ones(50), 0.99), expected, rtol=1e-6)
