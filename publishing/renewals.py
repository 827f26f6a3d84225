"""What else `manage.py rerender` makes anew. Higher apps register it when they are ready."""

from collections.abc import Callable

# Makes anew what an older version made, or everything; gives how much that was.
Renewal = Callable[[bool], int]
_renewals: list[Renewal] = []


def register(renewal: Renewal) -> None:
    """Have this done after revisions and references."""
    _renewals.append(renewal)


def renew(everything: bool) -> int:
    """Do it all; how much was made anew."""
    return sum(renewal(everything) for renewal in _renewals)
