"""What an action says when it does not do what it was asked."""


class Refused(Exception):
    """The action was not done and left no trace; the message is one sentence for the person who asked, with the remedy."""


class NotAllowed(Refused):
    """The person may not do this here."""
