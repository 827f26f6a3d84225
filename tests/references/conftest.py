"""What the tests of the library of sources share."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache

from references import services
from references.actions import save_reference
from references.models import Reference
from tests.fakes.services import FakeServices, running

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


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServices]:
    """The three services, each in its own folder of one server on this machine."""
    cache.clear()
    monkeypatch.setattr(services, "pause", lambda _seconds: None)
    monkeypatch.setattr(services, "INTERVAL", 0.0)
    monkeypatch.setattr(services, "PUBMED_INTERVAL", 0.0)
    with running() as fake:
        settings.CROSSREF_URL = f"{fake.url}/crossref"
        settings.DOI_URL = f"{fake.url}/doi"
        settings.PUBMED_URL = f"{fake.url}/pubmed"
        yield fake
    cache.clear()
