"""Wrong ideas of the network that its arrays of weights show, or how it behaves in a training."""

from autograder.checker.naming.look import REFUSED, Seen
from checks.policy_gradient.misconceptions.build_model_looks import TOO_MANY

ASKED = {"7 x 7 x 2 x 32", "32", "7 x 7 x 32 x 64", "64", "1024 x 128", "128", "128 x 6", "6"}


def model_not_returned(seen: Seen) -> bool:
    """Your build_model gives back nothing, or no model: `return model` has to stand at its end, with no
    further indentation than the other lines.

    Read again: Prediction model
    """
    came = seen.stopped("layers")
    return came is not None and came.how == REFUSED


def no_strides(seen: Seen) -> bool:
    """Your convolutions hardly shrink the picture, so the dense layer behind Flatten has millions of
    weights. Give both of them strides=4: then 1024 numbers are left behind the second one.

    Read again: Prediction model
    """
    return any(each.endswith(TOO_MANY) for each in seen["layers"])


def filters_swapped(seen: Seen) -> bool:
    """Your first convolution has 64 filters and your second one 32. It is the other way round: the first
    sees simple shapes and needs 32, the second puts them together and has 64.

    Read again: Prediction model
    """
    return {"7 x 7 x 2 x 64", "7 x 7 x 64 x 32"} <= _shapes(seen)


def other_kernels(seen: Seen) -> bool:
    """Your convolutions have kernels of another size. The description asks for kernels of 7 x 7, in both.

    Read again: Prediction model
    """
    kernels = [each for each in _shapes(seen) if each.count(" x ") == 3]
    return bool(kernels) and not all(each.startswith("7 x 7 x") for each in kernels)


def other_filters(seen: Seen) -> bool:
    """Your convolutions have another number of filters. The description asks for 32 in the first one and
    for 64 in the second.

    Read again: Prediction model
    """
    kernels = [each for each in _shapes(seen) if each.count(" x ") == 3]
    return bool(kernels) and not {"7 x 7 x 2 x 32", "7 x 7 x 32 x 64"} <= {*kernels}


def other_dense_layer(seen: Seen) -> bool:
    """Your dense layer in the middle has another number of units. The description asks for 128.

    Read again: Prediction model
    """
    return "128 x 6" not in _shapes(seen) and any(each.endswith(" x 6") for each in _shapes(seen))


def other_strides(seen: Seen) -> bool:
    """Your convolutions shrink the picture otherwise than asked for: look at the strides, 4 in both, and
    at the padding, "valid" in both. Behind the second one the summary should say 4 x 4 x 64, and 1024
    behind Flatten.

    Read again: Prediction model
    """
    shapes = _shapes(seen)
    return bool(shapes) and ASKED - shapes == {"1024 x 128"}


def layers_that_were_not_asked_for(seen: Seen) -> bool:
    """Your network has layers with weights that were not asked for. It has two convolutions and two dense
    layers, and nothing else that learns.

    Read again: Prediction model
    """
    return _shapes(seen) > ASKED


def replaces_methods(seen: Seen) -> bool:
    """Your model has methods of its own in the place of Keras's (fit, train_step, predict_step or
    predict_on_batch), so it does not learn or predict any more what it computes. Leave them as Keras has
    them.

    Read again: Prediction model
    """
    return seen.wrong("own_methods") or not _agrees_with_itself(seen)


def another_function_in_the_game(seen: Seen) -> bool:
    """On frames of the game your network computes something else than on other observations: it has a
    layer that looks at what it is given. Leave it out: two convolutions and two dense layers are all.

    Read again: Prediction model
    """
    return seen.right("outputs") and seen.wrong("outputs_of_the_game")


def mixes_the_batch(seen: Seen) -> bool:
    """In a large batch your network treats an observation otherwise than alone: a layer of it looks at
    the whole batch. Each observation is to be treated by itself, in training as well.

    Read again: Prediction model
    """
    large = seen.right("outputs_of_a_large_batch") and seen.right("learned_from_a_large_batch")
    return seen.right("outputs") and seen.right("learned") and not large


def penalty_on_what_it_computes(seen: Seen) -> bool:
    """Your network adds a penalty to its loss (a regulariser), and every training step makes that
    smaller, too. Nobody asked for it: leave it out.

    Read again: Prediction model
    """
    return not seen.right("penalties") and seen.right("layers")


def dropout_added(seen: Seen) -> bool:
    """Your network has a dropout layer, which leaves out other units in every training step. Nobody asked
    for one, and with it the gradient is that of another policy than the one that played.

    Read again: Prediction model
    """
    return seen["learned_alike"] is False


def frozen_layers(seen: Seen) -> bool:
    """Some layers of your network do not learn: they are frozen, as one does with a network that was
    trained before. This one knows nothing yet: leave `trainable` as it is.

    Read again: Prediction model
    """
    *moved, _ = seen["learned"]
    return len(moved) < len(ASKED) or not all(any(each) for each in moved)


def other_network(seen: Seen) -> bool:
    """Your network has the right weights and computes something else with them: pooling, padding, other
    activations. Compare each layer with the description, one after the other.

    Read again: Prediction model
    """
    return seen.right("layers") and seen.wrong("outputs")


def _shapes(seen: Seen) -> set[str]:
    """Return the shapes of all arrays of weights; none of a network that is far too large."""
    return {each for each in seen["layers"] if not each.endswith(TOO_MANY)}


def _agrees_with_itself(seen: Seen) -> bool:
    came, wanted = seen["when_called"], seen.ours["when_called"]
    alike = seen.looks["when_called"].same
    return alike(came[0], came[1]) or not alike(came[1], wanted[1])
