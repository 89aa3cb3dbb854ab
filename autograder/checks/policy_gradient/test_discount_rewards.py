"""G_t = R_t + gamma G_{t+1}."""

import numpy as np


def test_values_by_hand(student):
    got = student.discount_rewards(np.array([0.0, 0.0, 1.0]), 0.5)
    assert np.allclose(np.asarray(got, float), [0.25, 0.5, 1]), "no"


def test_reference(student, reference, rng):
    r = rng.random(10)
    assert np.allclose(student.discount_rewards(r, 0.9), reference.discount_rewards(r, 0.9)), "no"
