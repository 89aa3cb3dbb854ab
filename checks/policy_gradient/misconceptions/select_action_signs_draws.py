"""Wrong ideas of how an action is drawn, and of whom to ask for its probabilities."""

import numpy as np

from autograder.checker.naming.look import Seen
from checks.policy_gradient.misconceptions.select_action_looks import EVEN, LEANING, RARE
from checks.policy_gradient.misconceptions.shared_draws import (
    all_fit,
    fits,
    repeats,
    too_even,
    valid,
)
from checks.policy_gradient.notebook import Floats

POLICIES = {"leaning": LEANING, "even": EVEN}
ALL = POLICIES | {"rare": RARE}


def takes_the_likeliest(seen: Seen) -> bool:
    """You always take the likeliest action, as an agent with action values does. So the agent never tries
    anything else, and cannot learn what would be better: draw the action with the six probabilities.

    Read again: Policy
    """
    return all_fit(seen, ALL, _greedy) and not seen["several_by_a_new_model"]


def greedy_once_it_has_learned(seen: Seen) -> bool:
    """Once the model has learned for a while you take the likeliest action only. Draw with the
    probabilities all the time: as the model learns, it becomes surer by itself.

    Read again: Policy
    """
    return all_fit(seen, ALL, _greedy) and seen["several_by_a_new_model"]


def any_action_alike(seen: Seen) -> bool:
    """You draw every action with the same probability, whatever the model predicts: np.random.choice
    wants the probabilities as its argument p.

    Read again: Policy
    """
    return all_fit(seen, ALL, np.ones_like) and not seen["one_action_whatever_is_seen"]


def epsilon_greedy(seen: Seen) -> bool:
    """You take the likeliest action most of the time and any other now and then: epsilon-greedy, from the
    exercise with action values. A policy brings its own chance: draw with the six probabilities.

    Read again: Policy
    """
    return _is_action(seen) and all(_mostly_greedy(seen[name], p) for name, p in POLICIES.items())


def softmax_once_more(seen: Seen) -> bool:
    """You send the probabilities through a softmax once more, which makes them all nearly alike. The
    network's last layer has done that: use what it predicts as it is.

    Read again: Policy
    """
    return all_fit(seen, ALL, np.exp)


def likeliest_three_only(seen: Seen) -> bool:
    """You draw from the three likeliest actions only. The others have to come as well, seldom as they
    are: else nobody finds out that they are good.

    Read again: Policy
    """
    return all_fit(seen, POLICIES, lambda p: np.where(p >= np.sort(p)[-3], p, 0))


def no_rare_actions(seen: Seen) -> bool:
    """Actions with a small probability never come: you round the probabilities or leave the small ones
    out. Use what the model predicts as it is.

    Read again: Policy
    """
    return (
        all_fit(seen, POLICIES, lambda p: p)
        and valid(seen["rare"])
        and {*seen["rare"]} == {int(RARE.argmax())}
    )


def likelier_than_chance_only(seen: Seen) -> bool:
    """You draw until the action is one that is likelier than the others, so all the rest never come. Draw
    once, with the six probabilities.

    Read again: Policy
    """
    return all_fit(seen, POLICIES, lambda p: (p > p.mean()).astype(float))


def without_the_fire_button(seen: Seen) -> bool:
    """You give back another action than the one that was drawn, since the FIRE button does nothing in the
    game. But then three of the six are never played, and the network learns from actions that it did not
    choose.

    Read again: Pong
    """
    return all_fit(seen, POLICIES, _without_button)


def looks_at_nothing(seen: Seen) -> bool:
    """Your action does not depend on the observation that is passed: you ask the model about another one,
    such as a black screen. Pass on the argument observation.

    Read again: Policy
    """
    return all_fit(seen, POLICIES, np.ones_like) and seen["one_action_whatever_is_seen"]


def seeds_the_generator(seen: Seen) -> bool:
    """You seed the generator in select_action, so that the same draw comes again and again. Seed it once,
    at the beginning of the notebook, if at all.

    Read again: Policy
    """
    return _is_action(seen) and (_constant(seen) or repeats(seen["even"]))


def counts_in_place_of_chance(seen: Seen) -> bool:
    """You give each action its share by counting, without any chance: the next one can be foretold. Draw
    it at random: np.random.choice(6, p=action_probs).

    Read again: Policy
    """
    return _is_action(seen) and all(too_even(seen[name], p) for name, p in POLICIES.items())


def sharpens(seen: Seen) -> bool:
    """Likely actions come too often and unlikely ones too seldom: you change the probabilities before you
    draw, with a power or a temperature. Use what the model predicts as it is.

    Read again: Policy
    """
    if seen.right("leaning") or not _is_action(seen):
        return False
    powers = (1.2, 1.3, 1.5, 2.0, 3.0)
    return any(all(fits(seen[name], p**power) for name, p in POLICIES.items()) for power in powers)


def goes_by_rank(seen: Seen) -> bool:
    """You go by the order of the probabilities and not by their values: the likeliest action comes as
    often whether it has 0.4 or 0.8. Draw with the probabilities themselves.

    Read again: Policy
    """
    tables = {name: np.bincount(seen[name], minlength=6) for name in POLICIES if _is_action(seen)}
    return bool(tables) and seen.wrong("leaning") and seen.wrong("even")


def asks_now_and_then(seen: Seen) -> bool:
    """You do not ask the model in every call, or use what it predicted for an observation before. Every
    action is drawn for the observation that is passed: ask the model each time.

    Read again: Policy
    """
    return seen.wrong("by_turns")


def remembers_predictions(seen: Seen) -> bool:
    """You keep predictions for observations that you have met, or a copy of the model, and do not see
    that the model has learned since. Ask the model that is passed, each time anew.

    Read again: Policy
    """
    return seen.wrong("after_learning")


def asks_another_model(seen: Seen) -> bool:
    """You ask the model of the first call ever after, whichever model is passed. Use the argument model.

    Read again: Policy
    """
    return seen.wrong("another_model")


def plays_when_it_sees_no_ball(seen: Seen) -> bool:
    """Where there is no ball you play an action of your own choice. The policy decides in every step:
    draw its action there, too.

    Read again: Policy
    """
    return seen.wrong("frames_of_the_game")


def greedy_on_the_real_network(seen: Seen) -> bool:
    """With the network of the notebook you do something else than with a small one: there you take the
    likeliest action. Draw with the probabilities, whatever the model.

    Read again: Policy
    """
    return seen["real_network"] is False


def _greedy(p: Floats) -> Floats:
    return np.eye(6)[p.argmax()]


def _is_action(seen: Seen) -> bool:
    return all(valid(seen[name]) for name in POLICIES)


def _mostly_greedy(drawn: list[int], p: Floats) -> bool:
    best = int(p.argmax())
    share = drawn.count(best) / len(drawn)
    others = np.where(np.arange(6) == best, share, (1 - share) / 5)
    return 0.6 < share < 1 and fits(drawn, others) and not fits(drawn, p)


def _without_button(p: Floats) -> Floats:
    return np.array([p[0] + p[1], 0, p[2] + p[4], p[3] + p[5], 0, 0])


def _constant(seen: Seen) -> bool:
    return len({*seen["even"]}) == 1 and len({*seen["leaning"]}) == 1
