"""Marking what the core names and the front ends say in a person's language."""


def N_(message: str) -> str:  # noqa: N802  the name that extractors know
    """Mark a message for the catalogues; it is looked up where it is shown."""
    return message
