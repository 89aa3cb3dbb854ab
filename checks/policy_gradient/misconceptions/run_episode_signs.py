"""Wrong ideas of what a step stores, and of how an episode ends."""

from typing import Any

import numpy as np

from autograder.checker.naming.look import Seen


def old_step_signature(seen: Seen) -> bool:
    """You unpack what env.reset or env.step gives as old tutorials for Gym do. step gives five values:
    observation, reward, terminated, truncated, info; reset gives two, observation and info.

    Read again: Episode
    """
    return seen.raised("ValueError") and "unpack" in seen.said()


def action_not_one_hot(seen: Seen) -> bool:
    """You store the number of the action, where the episode has room for six numbers: a 1 at the place of
    the action and 0 elsewhere, to_categorical(action, 6).

    Read again: Episode
    """
    return seen.raised("ValueError") and any(
        word in seen.said() for word in ("(6,)", "broadcast", "shape", "action")
    )


def action_is_no_number(seen: Seen) -> bool:
    """You give env.step an array or a tensor as its action. It takes one number from 0 to 5, as
    select_action returns it: make it one-hot only when you store it.

    Read again: Episode
    """
    return seen.raised("InvalidAction")


def asks_with_other_arguments(seen: Seen) -> bool:
    """You call select_action with something else than the model that plays and then the observation, in
    this order: select_action(model, observation).

    Read again: Episode
    """
    return "select_action wants the model" in seen.said()


def steps_on_after_the_end(seen: Seen) -> bool:
    """Your loop steps on after the end of the game: it is over when the step says terminated or
    truncated, whichever comes first. Store the step, then leave the loop.

    Read again: Episode
    """
    return all(_played_on(seen, name) for name in ("short_game", "terminated", "truncated"))


def waits_for_both_ends(seen: Seen) -> bool:
    """Your loop waits until the game is terminated and truncated at once, which never happens in a real
    game. Either of them ends it: done = terminated or truncated.

    Read again: Episode
    """
    return _ends(seen, False, False)


def ignores_truncation(seen: Seen) -> bool:
    """Your loop ends where the game is terminated and plays on where it is truncated, at the limit of its
    steps. Either of them ends it: done = terminated or truncated.

    Read again: Episode
    """
    return _ends(seen, True, False)


def ignores_termination(seen: Seen) -> bool:
    """Your loop ends where the game is truncated and plays on where it is terminated, when somebody has
    won. Either of them ends it: done = terminated or truncated.

    Read again: Episode
    """
    return _ends(seen, False, True)


def stops_at_the_first_point(seen: Seen) -> bool:
    """Your loop ends at the first point. A game of Pong goes on until one side has 21: only terminated or
    truncated ends it.

    Read again: Episode
    """
    game = _game(seen)
    return not game["over"] and len(game["sent"]) == 3  # the step of the first reward


def resets_twice(seen: Seen) -> bool:
    """You reset the environment more than once, so the game starts anew each time. One call gives both
    observation and info: observation, _ = env.reset().

    Read again: Episode
    """
    return _game(seen)["resets"] > 1


def plays_before_the_policy(seen: Seen) -> bool:
    """You take a step that no policy chose before the loop begins, to start the game. PongEnv has started
    it already when reset returns: begin with its observation.

    Read again: Pong
    """
    game = _game(seen)
    return game["first"] == "stepped" and game["told"] != [] and game["stored"] < len(game["sent"])


def drops_the_last_step(seen: Seen) -> bool:
    """The last step of the game is not stored, the one with the deciding point: you leave the loop before
    you append. Append first, then look whether the game is over.

    Read again: Episode
    """
    game = _game(seen)
    return game["over"] and game["stored"] == len(game["sent"]) - 1


def appends_to_an_old_episode(seen: Seen) -> bool:
    """All your games are appended to one and the same Episode: as a default value or outside of the
    function it is made only once. Make a new one in every call.

    Read again: Episode
    """
    return int(seen["second_game"]) > len(_game(seen)["rewards"])


def stores_the_next_observation(seen: Seen) -> bool:
    """At each step you store the observation that came after the action. The network is to learn which
    action fits what it saw before it: append first, then observation = next_observation.

    Read again: Episode
    """
    game = _game(seen)
    return game["stored_observations"] == [place + 1 for place in game["shown"]]


def never_moves_on(seen: Seen) -> bool:
    """Every action is chosen for the first observation of the game: at the end of the loop `observation`
    has to become `next_observation`.

    Read again: Episode
    """
    game = _game(seen)
    first = {*game["about"]} == {0} or {*game["sent"]} == {game["best"][0]}
    return {*game["stored_observations"]} == {0} and first


def changes_the_observations(seen: Seen) -> bool:
    """You change the observations before the policy sees them, such as the difference of two frames. This
    network is made for both frames as the environment gives them: pass and store them as they are.

    Read again: Pong
    """
    return {*_game(seen)["stored_observations"]} == {-1}


def reward_of_the_step_before(seen: Seen) -> bool:
    """You store every reward one step too late: beside each action stands the reward of the step before.
    Take the step first, then append what it brought.

    Read again: Episode
    """
    game = _game(seen)
    return game["stored_rewards"] == [0.0, *game["rewards"][:-1]]


def sums_up_the_rewards(seen: Seen) -> bool:
    """You store the score so far in the place of the reward of the step. What follows a step is summed up
    later, in discount_rewards: store the reward as the step gives it.

    Read again: Episode
    """
    game = _game(seen)
    return bool(np.allclose(game["stored_rewards"], np.cumsum(game["rewards"])))


def one_hot_of_another_action(seen: Seen) -> bool:
    """Your one-hot vectors have their 1 one place beside the action: actions are counted from 0 on, so
    action 0 is the first of the six.

    Read again: Episode
    """
    game = _game(seen)
    shifts = {(s - a) % 6 for s, a in zip(game["stored_actions"], game["sent"], strict=False)}
    return len(shifts) == 1 and shifts != {0} and -1 not in game["stored_actions"]


def stores_a_second_draw(seen: Seen) -> bool:
    """You play one action and store another, which is drawn anew for the same observation. Draw once in
    every step, and keep the action in a variable.

    Read again: Episode
    """
    game = _game(seen)
    return len(game["told"]) == 2 * len(game["sent"]) and game["stored_actions"] != game["sent"]


def _ends(seen: Seen, terminated: bool, truncated: bool) -> bool:
    """Tell whether a game that ends both ways ends, and which of the two ways alone ends one."""
    found = [not _played_on(seen, name) for name in ("terminated", "truncated")]
    return not _played_on(seen, "short_game") and found == [terminated, truncated]


def _played_on(seen: Seen, look: str) -> bool:
    return seen.raised_at(look, "ResetNeeded")


def _game(seen: Seen) -> dict[str, Any]:
    """Return the short game."""
    game: dict[str, Any] = seen["short_game"]
    return game
