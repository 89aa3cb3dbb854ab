"""What the training loop does once it has lost points: whom it calls, and what changes in between."""

from typing import Any

import numpy as np

from autograder.checker import expect
from autograder.checker.naming.look import Asked, look
from checks.policy_gradient.looping import OWN, Loop, run
from checks.policy_gradient.notebook import Model
from checks.policy_gradient.training import Returns

LETTERS = {"run_episode": "p", "train": "t", "build_model": "b", "compile_model": "c"}


@look()
def loop(asked: Asked) -> Any:
    """One run of the cell."""
    cell = asked.script("training_loop")
    assert cell is not None, "there is no loop"
    asked.student.provide(discount_rewards=Returns(asked.reference))
    done = run(asked.student, cell, np.random.default_rng(0), right=False)
    return _calls(done) | _states(done)


def _calls(done: Loop) -> dict[str, Any]:
    trained = done.of("train")
    episodes = [done.episodes.index(each[1]) for each in trained if each[1] in done.episodes]
    played = [number % len(done.episodes) for number in range(done.rounds)]
    scores = [done.scores[number] for number in played]
    kept = expect.numbers(done.kept)
    return {
        "calls": "".join(LETTERS[name] for name, _ in done.calls),
        "rounds": done.rounds,
        "enough": done.enough,
        "trained_on": episodes,
        "played": played,
        "gammas": [each[2] == done.gamma for each in trained],
        "models": len({*done.models}),
        "models_played": len({each[0] for each in done.of("run_episode")}),
        "players": len({each[0] for each in done.of("run_episode")} & {e[0] for e in trained}),
        "model_after": not isinstance(done.model, Model)
        or done.model in (done.given, *done.models),
        "scores": kept is not None
        and kept.shape == (len(scores),)
        and bool(np.allclose(kept, scores)),
    }


def _states(done: Loop) -> dict[str, Any]:
    played, trained = done.states.played, done.states.trained
    ended = [after for _, after in trained]
    began = [before for before, _ in trained]
    states = [*began, *ended, *played]
    pairs = [*zip(ended, played[1:], strict=False), *zip(played, began, strict=False)]
    return {
        "cut_short": done.states.cut_short,
        "same_episodes": done.states.same_episodes,
        "optimizers": len({each.optimizer for each in states}),
        "rates": len({each.rate for each in states}),
        "weights_kept": all(one.weights == other.weights for one, other in pairs),
        "moments_kept": all(one.moments == other.moments for one, other in pairs),
        "learned": all(
            a.weights != b.weights for a, b in zip(began[:OWN], ended[:OWN], strict=True)
        ),
        "last_kept": done.state is None or done.state.weights in [each.weights for each in ended],
        "drawn": len({each.drawn for each in played}) == len(played),
    }
