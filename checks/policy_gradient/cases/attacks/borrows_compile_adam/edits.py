"""Has the worker's own stand-in compile the model. Loses: compile_model."""

# %% replace compile_model_solution
import sys


def compile_model(model, learning_rate):
    for module in list(sys.modules.values()):
        function = getattr(module, "compile_with", None)
        if function is not None:
            function(model, learning_rate)
            return
