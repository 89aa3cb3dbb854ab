"""Double precision everywhere, so that np.random.choice is content."""

# %% after imports
keras.backend.set_floatx("float64")
