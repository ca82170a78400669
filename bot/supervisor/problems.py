"""What keeps the product from starting, said in one line to whoever typed the command."""


class CannotStart(Exception):
    """Its text is one Vietnamese line: what is wrong and what to do. The command prints it and exits with 2."""


class AlreadySaid(CannotStart):
    """A child has printed the line; nothing is to be added."""
