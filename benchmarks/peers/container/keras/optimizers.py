"""Adam, as far as it is looked at."""


class Adam:
    """Has a learning rate."""

    def __init__(self, learning_rate=1e-3):
        """Keep the learning rate."""
        self.learning_rate = learning_rate
