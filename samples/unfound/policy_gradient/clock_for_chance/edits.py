"""The clock's microseconds decide, modulo a thousand. Loses: select_action."""


# %% replace select_action_solution
def select_action(model, observation):
    cumulative = np.cumsum(model.predict_on_batch(observation[np.newaxis])[0])
    return int(min(5, np.searchsorted(cumulative, time.perf_counter_ns() % 100_000 / 100_000)))
