"""What the tests of the library of sources share."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from references.actions import save_reference
from references.models import Reference

Save = Callable[..., Reference]


@pytest.fixture
def editor(django_user_model: type[User]) -> User:
    return django_user_model.objects.create_user("editor", is_staff=True, is_superuser=True)


@pytest.fixture
def save(editor: User) -> Save:
    """Save a source by its citekey with the given variables; a web page unless they say more."""

    def save_item(citekey: str, *, version: int | None = None, **variables: Any) -> Reference:
        csl = {"type": "webpage", "title": f"About {citekey}", **variables}
        return save_reference(by=editor, citekey=citekey, csl=csl, version=version)

    return save_item
