"""Keys of other programs under which texts cite sources."""

from collections.abc import Iterable

from references.citekeys import is_alias
from references.models import Alias


def citekeys_of(keys: Iterable[str]) -> dict[str, str]:
    """The citekey behind each key that is an alias; one query, and none where no key can be one."""
    names = [key for key in keys if is_alias(key)]
    if not names:
        return {}
    rows = Alias.objects.filter(name__in=names)
    return dict(rows.values_list("name", "reference__citekey"))
