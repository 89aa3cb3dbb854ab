"""How the notebook writes what was measured."""


def as_told(number: float, digits: int = 1) -> str:
    """Return a number as the text writes it, with a true minus sign."""
    return f"{number:,.{digits}f}".replace("-", "\N{MINUS SIGN}")
