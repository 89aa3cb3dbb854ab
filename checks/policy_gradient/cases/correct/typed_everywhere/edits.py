"""Types on everything, keyword-only helpers, a protocol, an alias, walrus and match."""

# %% after imports
from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

Observation: TypeAlias = np.ndarray
NR_ACTIONS: Final = 6


class Step(NamedTuple):
    observation: Observation
    action: np.ndarray
    reward: float


def steps(env: PongEnv, model: Model, *, limit: int = 10**6) -> Iterator[Step]:
    observation, _ = env.reset()
    for _ in range(limit):
        action = select_action(model, observation)
        following, reward, terminated, truncated, _ = env.step(action)
        yield Step(observation, to_categorical(action, num_classes=NR_ACTIONS), reward)
        match terminated, truncated:
            case False, False:
                observation = following
            case _:
                return


# %% replace run_episode_solution
def run_episode(env: PongEnv, model: Model) -> Episode:
    episode = Episode(2000, (80, 80, 2), (NR_ACTIONS,))
    for step in steps(env, model):
        episode.append(*step)
    return episode


# %% replace training_loop_solution
scores: list[float] = []
while (number := len(scores)) < nr_episodes:
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    print(f"{number = }, {scores[-1] = }")
