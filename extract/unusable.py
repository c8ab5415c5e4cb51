"""What the user gave and the program cannot use."""


class Unusable(ValueError):
    """Rules, articles, gold, results or facts that cannot be used; the message names place and reason.
    Commands tell it as wrong usage."""
