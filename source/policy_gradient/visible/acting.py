"""What the visible checks look at in select_action and run_episode."""

import time

import numpy as np
from utils import Episode

from visible.games import OFTEN, Game, Rehearsal, is_integer
from visible.stand_ins import SHAPE, Chance, Watch, player, screen, seeds

SECONDS = 0.45  # that are spent on draws, and on a long game
MOST = 2500  # draws from each policy
STREAK = 250  # draws in a row from one of them
GAMES = 30  # short ones in a row
SKEWED = (0.6, 0.2, 0.1, 0.04, 0.03, 0.03)
EVEN = (0.2, 0.18, 0.17, 0.16, 0.15, 0.14)
RARE = (0.004, 0.996 / 5 + 0.1, 0.996 / 5 - 0.1, 0.996 / 5, 0.996 / 5 + 0.05, 0.996 / 5 - 0.05)


def see_draws(names):
    """Draws that follow the policy of the observation, and nothing else."""
    policies = np.random.permutation([SKEWED, SKEWED[::-1], EVEN, EVEN[::-1], RARE, RARE[::-1]])
    model, select = player(policies), names["select_action"]
    observations = np.stack([_seen(place, with_ball=place % 2) for place in range(6)])
    kept, watch, chance = observations.copy(), Watch(model), Chance()
    drawn, asked, started = [[] for _ in policies], [], time.process_time()
    while len(asked) < 6 * MOST and (time.process_time() - started < SECONDS or len(asked) < 60):
        place = np.random.randint(6)
        action = select(model, observations[place])
        assert is_integer(action), (
            f"An action should be one integer, but select_action returned {action!r}."
        )
        assert 0 <= action < 6, f"The actions are the numbers from 0 to 5, but we got {action}."
        asked.append(place), drawn[place].append(int(action))
        assert not chance.repeats(), (
            "The generator of random numbers was set to a state that it had before: then the same draws come "
            "again and again. Is there a seed in select_action?"
        )
    assert np.array_equal(observations, kept), (
        "select_action should leave the observation as it is."
    )
    changed = watch.changed()
    assert not changed, (
        f"select_action should only ask the model, but the model's {changed} were not as before."
    )
    _as_often(drawn, policies)
    quick = len(asked) > 6 * STREAK  # who asks in a slow way is not asked for long
    for place in (0, 1) if quick else ():  # asked about nothing else for a while
        actions = [int(select(model, observations[place])) for _ in range(STREAK)]
        _by_chance(np.array(actions), policies[place])
    _asks_anew(select, model, observations)
    return f"{len(asked)} actions in six states came as often as the policy says."


def _seen(place, with_ball):
    row = np.random.randint(10, 60)
    frame = screen(place, row, (row, np.random.randint(20, 60)) if with_ball else None)
    return np.stack([frame, screen(place, row)], axis=-1)


def _as_often(drawn, policies):
    """Each action came as often as its probability says."""
    for actions, policy in zip(drawn, policies, strict=True):
        counts, most = np.bincount(actions, minlength=6), len(actions)
        apart = np.abs(counts - most * policy) > 6 * np.sqrt(most * policy * (1 - policy)) + 1
        never = (counts == 0) & (most * policy > 16)  # chance has it so once in ten million times
        assert not (apart | never).any(), (
            f"A model predicted {policy.round(3)}. Of {most} actions drawn for it, {counts.tolist()} were 0, "
            "1, 2, 3, 4 and 5: that is not as often as it says. Is each drawn with its probability, from the "
            "prediction for this observation?"
        )


def _by_chance(actions, policy):
    """An action says nothing about those that are drawn after it."""
    same = (policy**2).sum()
    for distance in (1, 2, 3, 5):
        repeated = (actions[distance:] == actions[:-distance]).sum()
        expected = same * (len(actions) - distance)
        # Pairs overlap, so the variance is a little more than that of as many single draws.
        spread = np.sqrt(expected * (1 - same + 2 * ((policy**3).sum() / same - same)))
        assert abs(repeated - expected) < 6 * spread + 2, (
            "The actions came as often as they should, but not by chance: which one comes can be told "
            "from those before. Is each drawn anew, at random?"
        )


def _asks_anew(select, model, observations):
    """The model that is passed is asked, as it is now, whatever it was and however long it has learned."""
    turned, sure = player(np.eye(6)[::-1] * 0.9999 + 1e-5), np.eye(6) * 0.9999 + 1e-5
    model.play(sure)
    model.optimizer.iterations.assign(20_000)
    for asked, right in ((model, np.arange(6)), (turned, 5 - np.arange(6))) * 2:
        actions = [[int(select(asked, each)) for each in observations] for _ in range(3)]
        wrong = (np.array(actions) != right).sum()
        assert wrong < 6, (
            "The weights of a model had changed, and another model was asked: the actions were still those "
            "from before. Does select_action ask the model that it gets, each time anew?"
        )
    model.play(np.full((6, 6), 1 / 6))
    again = {int(select(model, observations[0])) for _ in range(60)}
    assert len(again) > 2, (
        f"A model that had learned for long was sure of nothing, but only {sorted(again)} were drawn. Are "
        "actions drawn the same way, however long a model has learned?"
    )
    assert not seeds(lambda: [select(model, each) for each in observations]), (
        "select_action sets the seed of the random numbers, so that the same draws come again and again."
    )


def see_game(names):
    """Games from the first observation to the last step, as they were really played."""
    with Rehearsal(names) as rehearsal:
        model = rehearsal.model
        watch = Watch(model)
        alone = np.zeros(2)
        for game in (Game(12, "terminated"), Game(2000, "truncated", SECONDS)):
            _as_played(rehearsal.play(game), game)
            alone += game.favourites()
        _unchanged(watch)
        model.optimizer.iterations.assign(20_000)
        watch, started = Watch(model), time.process_time()
        for number in range(GAMES):
            if time.process_time() - started > SECONDS / 3:
                break
            game = Game(60 if number > 24 else 2, "terminated")
            _as_played(rehearsal.play(game), game)
            alone += game.favourites()
        _unchanged(watch)
        _as_likely(*alone)
        _draws_anew(rehearsal)
        assert not seeds(lambda: rehearsal.play(Game(3, "terminated"))), (
            "run_episode sets the seed of the random numbers, so that each game is drawn alike."
        )
    return "Games of 2 to 2000 steps were played to their end and remembered."


def _as_likely(steps, favourites):
    """Where run_episode chose by itself, it took the likeliest action as often as that is likely."""
    likely = abs(favourites - OFTEN * steps) < 5 * np.sqrt(steps * OFTEN * (1 - OFTEN)) + 2
    assert likely, (
        f"The model's most probable action was played in {favourites:.0f} of {steps:.0f} steps, which is not "
        "as often as its probability says. Is every action of every game one that select_action drew?"
    )


def _draws_anew(rehearsal):
    """The same game is played another time with other actions."""
    game = Game(100, "terminated")
    _as_played(rehearsal.play(game), game)
    first, alone = np.array(game.actions), np.array(game.alone)
    _as_played(rehearsal.play(game.again()), game)
    same = alone.sum() > 90 and (first == game.actions).all()  # by chance once in a hundred million
    assert not same, "Two games were drawn exactly alike. Is there a seed in run_episode?"


def _unchanged(watch):
    changed = watch.changed()
    assert not changed, (
        f"run_episode should only play, but after it the model's {changed} were not as before."
    )


def _as_played(episode, game):
    """What is stored is what happened."""
    steps = game.steps
    assert isinstance(episode, Episode) or hasattr(episode, "get"), (
        "run_episode should return the episode."
    )
    assert game.resets == 1, "run_episode should reset the environment once, at its beginning."
    assert len(game.actions) == steps, (
        f"The game took {steps} steps and was then {game.ending}, but run_episode played {len(game.actions)}."
    )
    assert not game.strange, game.strange
    assert game.max_steps in (2000, steps), (
        "run_episode should leave the environment's limit as it is."
    )
    assert episode.length == steps, (
        f"{steps} steps were played, but {episode.length} are stored. Is every step stored once?"
    )
    observations, actions, rewards = episode.get()
    right = np.shape(observations) == (steps, *SHAPE) and all(
        np.array_equal(observations[t], game.observation(t)) for t in range(steps)
    )
    assert right, (
        "The observations stored are not those for which the actions were chosen: at each step that is "
        "the one from before the step."
    )
    assert np.array_equal(actions, np.eye(6)[game.actions]), (
        "The actions should be stored as one-hot vectors: a 1 at the place of the action taken."
    )
    assert np.allclose(rewards, game.rewards[:steps]), (
        "The rewards stored are not those that env.step returned for the actions beside them."
    )
