"""Tests the functions in further cells: unittest, assertions, pictures, a seed that is set again."""

# %% after discount_rewards
import unittest


class TestReturns(unittest.TestCase):
    def test_zero(self):
        self.assertEqual(discount_rewards(np.zeros(3), 0.9).sum(), 0)


unittest.main(argv=[""], exit=False)

# %% after select_action
np.random.seed(0)
counts = np.bincount([select_action(untrained_model, observation) for _ in range(30)], minlength=6)
_ = plt.bar(range(6), counts / counts.sum())
plt.show()
assert counts.sum() == 30

# %% after training_loop
keras.backend.clear_session()
again = keras.models.load_model("pong.keras")
assert again.predict(observation[None], verbose=0).shape == (1, 6)
