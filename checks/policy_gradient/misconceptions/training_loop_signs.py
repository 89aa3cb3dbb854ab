"""Wrong ideas of the training loop: what it does in a round, how often, and what it keeps."""

from typing import Any

from autograder.checker.naming.look import Seen


def arguments_in_another_order(seen: Seen) -> bool:
    """You pass the arguments in another order than the functions take them: run_episode(env, model), and
    train(model, episode, gamma).

    Read again: Training loop
    """
    return any(each in seen.said() for each in ("run_episode wants", "train wants"))


def trains_before_it_plays(seen: Seen) -> bool:
    """You train on an episode that has not been played yet. Play first, then train on what was played.

    Read again: Training loop
    """
    return seen.raised("NameError") and "episode" in seen.said()


def never_trains(seen: Seen) -> bool:
    """Your loop plays game after game and never calls train, so nothing is learned. After each game comes
    train(model, episode, gamma).

    Read again: Training loop
    """
    return "p" in _loop(seen)["calls"] and "t" not in _loop(seen)["calls"]


def plays_once_only(seen: Seen) -> bool:
    """Your loop plays one game and trains on it again and again. Each round plays a new one with the
    policy as it is by then: call run_episode inside of the loop.

    Read again: Training loop
    """
    calls = _loop(seen)["calls"]
    return calls.count("p") == 1 < calls.count("t")


def model_built_in_the_loop(seen: Seen) -> bool:
    """You build a new model inside of the loop, so what was learned is thrown away. Build and compile it
    once, before the loop.

    Read again: Training loop
    """
    loop = _loop(seen)
    return loop["models_played"] > 1 and "b" in loop["calls"]


def plays_with_another_model(seen: Seen) -> bool:
    """One model plays and another one is trained, so nobody ever plays better. Pass the same model to
    run_episode and to train.

    Read again: Training loop
    """
    loop = _loop(seen)
    return loop["models"] > loop["models_played"] == 1 and loop["players"] == 0


def saves_another_model(seen: Seen) -> bool:
    """After the loop you build a new model, and it is that one which is saved and watched below. What was
    learned is in the model of the loop: save that.

    Read again: Training loop
    """
    return not _loop(seen)["model_after"]


def compiles_in_the_loop(seen: Seen) -> bool:
    """You compile the model again inside of the loop, so it gets a new optimizer that knows nothing of
    the steps before, or another loss. Compile it once, before the loop.

    Read again: Training loop
    """
    return _loop(seen)["optimizers"] > 1


def changes_the_rate_in_the_loop(seen: Seen) -> bool:
    """Your loop changes the learning rate as it goes on, until hardly anything is learned. It was chosen
    in compile_model: leave it as it is.

    Read again: Training loop
    """
    return _loop(seen)["rates"] > 1


def stops_too_early(seen: Seen) -> bool:
    """Your loop takes fewer rounds than nr_episodes says. Let range(1, nr_episodes + 1) count them.

    Read again: Training loop
    """
    loop = _loop(seen)
    return 0 < loop["rounds"] < loop["enough"]


def leaves_games_out(seen: Seen) -> bool:
    """Your loop does not train on every game: some are left out, by their score, their length or their
    number. Each episode teaches something: train once after every game.

    Read again: Training loop
    """
    calls = _only(_loop(seen)["calls"])
    return 0 < calls.count("t") < calls.count("p")


def trains_twice(seen: Seen) -> bool:
    """Your loop trains more than once on some games. After the first time the policy is another one,
    which did not play that game: one training, then the next game.

    Read again: Training loop
    """
    calls = _only(_loop(seen)["calls"])
    return calls.count("t") > calls.count("p") > 1


def trains_on_an_older_game(seen: Seen) -> bool:
    """Your loop trains on another game than the one that was just played, such as the first or the best
    one. Those were played by an older policy: pass the newest episode.

    Read again: Training loop
    """
    loop = _loop(seen)
    return loop["trained_on"] != loop["played"][: len(loop["trained_on"])]


def changes_the_rewards(seen: Seen) -> bool:
    """Your loop changes the rewards of the episode before it trains: then the agent is paid for something
    else than points. Pass the episode as it was played.

    Read again: Training loop
    """
    return not _loop(seen)["same_episodes"]


def plays_short_games(seen: Seen) -> bool:
    """Your loop plays in an environment that ends each game early. The points that matter come later:
    play whole games, in the notebook's own env.

    Read again: Training loop
    """
    return bool(_loop(seen)["cut_short"])


def other_gamma(seen: Seen) -> bool:
    """Your loop gives train another gamma than the one among the hyperparameters. Pass the variable
    gamma, in every round.

    Read again: Training loop
    """
    return not all(_loop(seen)["gammas"])


def seeds_in_every_round(seen: Seen) -> bool:
    """You set the same seed in every round, so each game is drawn with the same random numbers. Set it
    once, before the loop, if at all.

    Read again: Training loop
    """
    return not _loop(seen)["drawn"]


def nothing_may_learn(seen: Seen) -> bool:
    """train is called, and the model learns nothing from it: your loop freezes its layers, or changes
    what Keras does in a training. Leave the model as compile_model leaves it.

    Read again: Training loop
    """
    return not _loop(seen)["learned"]


def forgets_what_the_optimizer_knew(seen: Seen) -> bool:
    """Your loop sets back what the optimizer has gathered: its moments or its count of steps. Adam needs
    both from one round to the next: leave the optimizer alone.

    Read again: Training loop
    """
    loop = _loop(seen)
    return loop["weights_kept"] and not loop["moments_kept"]


def takes_weights_back(seen: Seen) -> bool:
    """Your loop gives the model older weights again, so what was learned since is lost. Only train
    changes the weights.

    Read again: Training loop
    """
    loop = _loop(seen)
    return not (loop["weights_kept"] and loop["last_kept"])


def _loop(seen: Seen) -> dict[str, Any]:
    """Return what the loop did."""
    loop: dict[str, Any] = seen["loop"]
    return loop


def _only(calls: str) -> str:
    return "".join(each for each in calls if each in "pt")
