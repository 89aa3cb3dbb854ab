"""Wrong ideas of run_episode that show in long games, in many of them, and in what became of the model."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checker.naming.look import Seen
from checks.policy_gradient.misconceptions.shared_draws import fits
from checks.policy_gradient.notebook import Floats

CLEARLY = 8.0  # nats of likelihood by which one policy has to explain draws better than another


def greedy_after_some_games(seen: Seen) -> bool:
    """After some games, or once the model has learned for a while, your code plays the likeliest action
    only. Draw from the policy in every game: as it learns, it becomes surer by itself.

    Read again: Policy
    """
    games = seen["many_games"]
    later = {*games[-4:]} == {"likeliest"} and {*games[:2]} != {"likeliest"}
    return later or (_own(seen, np.eye(6)[0]) and not seen["likeliest_by_a_new_model"])


def plays_the_likeliest(seen: Seen) -> bool:
    """Your code always plays the likeliest action. While the agent learns, every action is drawn with its
    probability, or it never tries anything else: call select_action.

    Read again: Policy
    """
    return _own(seen, np.eye(6)[0]) and _alike(seen, "likeliest")


def plays_any_action(seen: Seen) -> bool:
    """Your code plays any action, whatever the model predicts. The policy is to choose: call
    select_action.

    Read again: Policy
    """
    return _own(seen, np.ones(6)) and _alike(seen, "other")


def explores_beside_the_policy(seen: Seen) -> bool:
    """Your code plays any action now and then, as epsilon-greedy agents do. A policy brings its own
    chance: draw from it in every step, with select_action.

    Read again: Policy
    """
    mixed = (lambda p, e=e: (1 - e) * p + e / 6 for e in (0.05, 0.1, 0.2, 0.3))
    return any(_drawn_from(seen, each) for each in mixed)


def sharpens_while_it_plays(seen: Seen) -> bool:
    """Your code changes the probabilities before it draws, so that likely actions come too often. Use
    what the model predicts as it is: call select_action.

    Read again: Policy
    """
    powers = (lambda p, k=k: p**k for k in (1.2, 1.3, 1.5, 2.0))
    return any(_drawn_from(seen, each) for each in powers)


def same_game_again(seen: Seen) -> bool:
    """Your run_episode seeds a generator of random numbers, so that each game draws what the game before
    drew. Seed it once, at the beginning of the notebook, if at all.

    Read again: Policy
    """
    games = seen["own_draws"]
    drawn = len(games) == 2 and len({*games[0]}) > 1
    return seen["seeds"] is True or (
        drawn and games[0] == games[1] and not _own(seen, np.eye(6)[0])
    )


def plays_by_itself(seen: Seen) -> bool:
    """Now and then your code plays an action of its own, where it thinks that it knows better: what was
    asked of select_action is not what env.step was given. The policy decides in every step.

    Read again: Policy
    """
    game = seen["longer_game"]
    return bool(game["told"]) and seen.right("short_game") and _plays_on_sight(game)


def stops_too_early(seen: Seen) -> bool:
    """Your code does not play a long game to its end: it stops after a number of steps of its own. An
    episode is over when the environment says so, and that may take 2000 steps.

    Read again: Episode
    """
    return not seen["longer_game"]["over"] or not seen["longest_game"][0]


def no_room_for_the_last_steps(seen: Seen) -> bool:
    """Your Episode has too little room: a game may take 2000 steps, and yours holds fewer. Make it as it
    was given: Episode(2000, (80, 80, 2), (6,)).

    Read again: Episode
    """
    return seen.right("longer_game") and seen.raised_at(
        "longest_game", "BufferError", "IndexError", "ValueError"
    )


def asks_otherwise_later(seen: Seen) -> bool:
    """Later in a game you ask the policy about something else than the newest observation, or do not ask
    it at all. The last step is chosen as the first one was: select_action(model, observation).

    Read again: Episode
    """
    if not seen.right("short_game") or seen.stopped("longer_game"):
        return seen.right("short_game") and seen.raised_at("longer_game", "RuntimeError")
    game = seen["longer_game"]
    others = game["about"] != seen.ours["longer_game"]["about"] or game["sent"] != game["told"]
    return bool(game["told"]) and others


def stores_not_all_of_a_long_game(seen: Seen) -> bool:
    """Of a long game your episode holds only a part of the steps. Memory is no reason: 2000 steps take
    about 100 MB. Every step is stored, the first and the last as well.

    Read again: Episode
    """
    games = seen["longer_game"], seen["longest_game"]
    some = isinstance(games[0], dict) and games[0]["stored"] < len(games[0]["sent"])
    return some or (
        isinstance(games[1], list) and games[1][0] and games[1][1] < seen.ours["longest_game"][1]
    )


def stores_otherwise_later(seen: Seen) -> bool:
    """Later in a game you store something else than in its first steps: another observation, or another
    reward. Each step stores what it saw, did and got.

    Read again: Episode
    """
    return seen.right("short_game") and (seen.wrong("longer_game") or seen.wrong("longest_game"))


def learns_while_it_plays(seen: Seen) -> bool:
    """Your run_episode trains the model in the middle of the game, so the policy that ends it is not the
    one that began it. Playing is not learning: that is for train.

    Read again: Episode
    """
    return _left(seen)[0] is True


def switches_training_off(seen: Seen) -> bool:
    """Your run_episode sets model.trainable to False, and the model learns nothing afterwards. A
    prediction changes no weights: leave that line out.

    Read again: Episode
    """
    return _left(seen)[2] == 0


def changes_the_models_methods(seen: Seen) -> bool:
    """Your run_episode, or something in another cell, changes what Keras does in a training, so the model
    learns nothing afterwards. Leave the model's own methods alone.

    Read again: Episode
    """
    return _left(seen)[3] != seen.ours["model_left"][3]


def greedy_on_the_real_network(seen: Seen) -> bool:
    """With the network of the notebook your code does something else than with a small one: there it
    plays the likeliest action. Draw from the policy, whatever the model.

    Read again: Policy
    """
    return seen["real_network"] is False


def _own(seen: Seen, policy: Any) -> bool:
    """Tell whether the code drew by itself, and may have drawn from this, counted from the favourite."""
    game = seen["longer_game"]
    if game["told"]:
        return False
    shifted = [(a - 2 * place) % 6 for a, place in zip(game["sent"], game["shown"], strict=True)]
    return fits(shifted, policy)


def _drawn_from(seen: Seen, changed: Callable[[Floats], Floats]) -> bool:
    """Tell whether the draws of 2000 steps may come from a `changed` policy, and hardly from itself."""
    *_, counts, sure = seen["longest_game"]
    policy = np.array([sure, *[(1 - sure) / 5] * 5])
    other = changed(policy) / changed(policy).sum()
    likelier = float(np.dot(counts, np.log(other / policy))) if counts else 0.0
    return likelier > CLEARLY and fits(np.repeat(np.arange(6), counts).tolist(), other)


def _alike(seen: Seen, who: str) -> bool:
    games = seen["many_games"]
    return games.count(who) > len(games) / 2


def _plays_on_sight(game: dict[str, Any]) -> bool:
    """Tell whether it is the observation, and not the time, that decides whether the policy is asked."""
    obeyed: dict[int, list[bool]] = {}
    for shown, sent, told in zip(game["shown"], game["sent"], game["told"], strict=False):
        obeyed.setdefault(shown, []).append(sent == told)
    shares = {shown: sum(each) / len(each) for shown, each in obeyed.items()}
    some = 1.0 in shares.values() and min(shares.values()) < 1.0
    return some and all(share == 1.0 or share < 0.5 for share in shares.values())


def _left(seen: Seen) -> list[Any]:
    came: list[Any] = seen["model_left"]
    return came
