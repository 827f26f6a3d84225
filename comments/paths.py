"""The order of a conversation: the numbers of the comments above one, and its own."""

from comments.models.comment import PLACE_DIGITS

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def path_below(parent: str, number: int) -> str:
    """The path of the comment with this number; sorted, replies follow what they reply to."""
    digits = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    own = digits.rjust(PLACE_DIGITS, "0")
    return f"{parent}.{own}" if parent else own


def numbers_in(path: str) -> list[int]:
    """The numbers of the comments in a path, its own last."""
    return [int(each, len(_DIGITS)) for each in path.split(".") if each]
