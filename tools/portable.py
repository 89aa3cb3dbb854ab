"""Makes a saved model one that older versions of Keras load, too.

A file of Keras's holds how each layer was made, every parameter of it, among them those that only its own
version knows. An older one refuses the file for these, although nobody ever set them.
"""

import inspect
import json

import h5py


def make_portable(path):
    """Take out of an HDF5 file of Keras's what the model is without: parameters that nobody set.

    Initialisers go, too: the weights are there.

    Args:
        path: of the file, which is changed in place. Its weights stay as they are, bit for bit.
    """
    import keras

    with h5py.File(path, "r+") as file:
        model = json.loads(file.attrs["model_config"])
        for layer in model["config"]["layers"]:
            made = inspect.signature(getattr(keras.layers, layer["class_name"])).parameters
            layer["config"] = {
                name: value
                for name, value in layer["config"].items()
                if not name.endswith("_initializer")
                and (name not in made or made[name].default != value)
            }
        file.attrs["model_config"] = json.dumps(model)
