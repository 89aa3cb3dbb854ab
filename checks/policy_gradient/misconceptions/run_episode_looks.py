"""What run_episode is asked once it has lost points: short games, long ones, many of them."""

from typing import Any

import numpy as np

from autograder.checker.naming.look import Asked, Stopped, look
from autograder.checker.student import made
from checks.policy_gradient.environments import LONGEST, frames
from checks.policy_gradient.long_game import LongGame, ManyGames, play_long
from checks.policy_gradient.misconceptions.shared_games import leaning_policy, long_game, small_game
from checks.policy_gradient.misconceptions.shared_networks import random_weights, their_network
from checks.policy_gradient.notebook import Model, StandIn, policy, seeds_anew
from checks.policy_gradient.policies import table

REWARDS = [0.0, 0.0, -0.5, 0.25, 1.0, -1.0]
LONG, MANY = 260, 26
FEATURES = ("resets", "over", "rewards", "stored", "stored_observations", "stored_rewards")


def _same(came: Any, wanted: Any) -> bool:
    """Tell whether a game was played and stored as it should be, whoever drew its actions."""
    if isinstance(came, Stopped) or not isinstance(came, dict):
        return False
    asked = not came["about"] or came["about"] == wanted["about"]
    chosen = not came["told"] or came["sent"] == came["told"]
    alike = all(came[name] == wanted[name] for name in FEATURES)
    return asked and chosen and alike and came["stored_actions"] == came["sent"]


def _say(came: Any, wanted: Any) -> str:
    """Say what of a short game is not as it should be, the first thing."""
    if isinstance(came, Stopped):
        return ""
    about = f"We had your code play a game of {len(wanted['rewards'])} steps."
    if came["resets"] != wanted["resets"]:
        return f"{about} It was reset {came['resets']} times; it should be reset once."
    if not came["over"] or len(came["sent"]) != len(wanted["sent"]):
        return f"{about} Your code took {len(came['sent'])} steps of it."
    if came["stored"] != wanted["stored"]:
        return f"{about} The episode held {came['stored']} steps afterwards."
    for name, what in (("stored_observations", "observations"), ("stored_rewards", "rewards")):
        if came[name] != wanted[name]:
            should, did = (_list(each[name], what) for each in (wanted, came))
            return f"{about} It should store the {what} {should}; it stored {did}."
    if came["stored_actions"] != came["sent"]:
        sent, stored = (_list(came[name], "actions") for name in ("sent", "stored_actions"))
        return f"{about} It played the actions {sent}; the episode held {stored}."
    return ""


def _list(values: Any, what: str) -> str:
    """Return values in a row; -1 stands for an observation or an action that is none of the game's."""
    unknown = -1 if what != "rewards" else None
    return ", ".join("another" if each == unknown else f"{each:g}" for each in values)


@look()
def many_games(asked: Asked) -> Any:
    """Who chose the actions of many short games: what was told, the policy's likeliest, or another."""
    answered, drawn = 5, (0, 3)
    logits = np.full((6, 6), -30.0)
    logits[:, drawn] = 30.0
    weights, observations = table(np.random.default_rng(12), logits)
    games = ManyGames(observations, np.random.default_rng(13).normal(size=6))
    model = policy(asked.student, weights)
    asked.student.ask("assign", "select_action", StandIn(lambda *_, **__: ("action", answered, [])))
    for _ in range(MANY // 2):
        asked.student.repeated("run_episode", 2, games, model)
    return [_who(game, answered, drawn) for game in games.games]


def _who(game: list[int], answered: int, drawn: tuple[int, int]) -> str:
    if {*game} == {answered}:
        return "told"
    if {*game} <= {*drawn}:
        return "likeliest" if {*game} == {drawn[0]} else "drawn"
    return "other"


@look(same=_same, say=_say)
def short_game(asked: Asked) -> Any:
    """Six steps; the last of them is terminated and truncated."""
    return small_game(asked, REWARDS, "both")


@look(same=_same)
def terminated(asked: Asked) -> Any:
    """The same, terminated alone."""
    return small_game(asked, REWARDS, "terminated")


@look(same=_same)
def truncated(asked: Asked) -> Any:
    """The same, truncated alone."""
    return small_game(asked, REWARDS, "truncated")


@look()
def second_game(asked: Asked) -> Any:
    """How many steps the episode of a second game has."""
    small_game(asked, REWARDS, "both")
    return small_game(asked, REWARDS[2:], "both")["stored"]


@look(same=_same)
def longer_game(asked: Asked) -> Any:
    """A game of 260 steps."""
    model, observations = leaning_policy(asked)
    return long_game(asked, LONG, model, observations)


def _same_ending(came: Any, wanted: Any) -> bool:
    return not isinstance(came, Stopped) and came[:4] == wanted[:4]


@look(same=_same_ending)
def longest_game(asked: Asked) -> Any:
    """As many steps as there is room for: was it over, how many are stored, are they right?

    Where select_action was not asked, behind these how often each action came, counted from the likeliest.
    """
    game: LongGame = play_long(asked.student, np.random.default_rng(11), LONGEST)
    actions, rewards, misplaced = game.stored
    same = np.shape(rewards) == np.shape(game.rewards) and np.allclose(rewards, game.rewards)
    counts: list[int] = []
    if game.over and not game.told:
        shifted = (np.array(game.actions) - np.resize(game.favourites, len(game.actions))) % 6
        counts = np.bincount(shifted, minlength=6).tolist()
    return [game.over, len(actions), bool(same), misplaced == 0, counts, float(game.sure)]


@look()
def seeds(asked: Asked) -> Any:
    """Whether it seeds NumPy's generator."""
    model, _ = leaning_policy(asked)
    call = lambda: small_game(asked, REWARDS, "both")  # noqa: E731
    return seeds_anew(asked.student, np.random.default_rng(0), model, call)


@look()
def own_draws(asked: Asked) -> Any:
    """The actions of two games of 40 steps, drawn with the same random numbers at hand and not asked for."""
    model, observations = leaning_policy(asked)
    same = np.repeat(observations[:1], 3, axis=0)
    games = [long_game(asked, 40, model, same) for _ in range(2)]
    return [] if games[0]["told"] else [game["sent"] for game in games]


@look()
def likeliest_by_a_new_model(asked: Asked) -> Any:
    """Whether only the likeliest actions are played where the model has learned nothing yet."""
    _, observations = leaning_policy(asked)
    weights = leaning_policy(asked)[0].weights()[0]
    model = made(Model, asked.student.ask("small_model", weights, 0))
    game = long_game(asked, 60, model, observations)
    likeliest = [2 * place for place in game["shown"]]
    return game["told"] == [] and game["sent"] == likeliest


@look()
def model_left(asked: Asked) -> Any:
    """What became of the model: its weights, its optimizer, what may learn, its methods."""
    model, observations = leaning_policy(asked)
    before, start = model.state(), model.weights()
    long_game(asked, 12, model, observations)
    after = model.state()
    moved = max(float(np.abs(a - b).max()) for a, b in zip(model.weights(), start, strict=True))
    return [
        moved > 0,
        before.optimizer == after.optimizer,
        len(model.ask("do", "trainable_variables")),
        model.ask("do", "train_step.__qualname__"),
    ]


@look(last=True)
def real_network(asked: Asked) -> Any:
    """Whether several actions are played with the notebook's network where none is much likelier."""
    model = their_network(asked)
    weights = random_weights(model.weights())
    weights[-2] = weights[-2] * 0.0
    model.set_weights(weights)
    model.compile("Adam", 1e-4)
    played = long_game(asked, 40, model, frames()[1][:3])
    return len({*played["sent"]}) > 1
