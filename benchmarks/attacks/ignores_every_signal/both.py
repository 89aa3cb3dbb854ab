"""Never returns, nor lets itself be interrupted."""

# %% replace discount_rewards_solution
import signal


def discount_rewards(rewards, gamma):
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    while True:
        time.sleep(1)
