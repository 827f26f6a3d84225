"""Rules that hold for every test: real PostgreSQL, closed network, strict HTML and templates."""

import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from tests import html
from tests.factories import EditorFactory, ReviewerFactory


def pytest_configure() -> None:
    """Settings that only make tests quick; nothing a test could be about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # Static files are served from where they are written, so nothing has to be collected first.
    settings.STATIC_ROOT = tempfile.mkdtemp()
    settings.JOINED_ROOT = tempfile.mkdtemp()
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True
    # How quick a machine is decides nothing; elsewhere than in CI each run tries new examples.
    hypothesis.register_profile(
        "steady",
        deadline=None,
        derandomize="CI" in os.environ,
        suppress_health_check=[HealthCheck.too_slow],
    )
    hypothesis.load_profile("steady")


class StrictClient(Client):
    """Django's client, which also parses every HTML answer and rejects bad HTML."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        is_html = response.get("Content-Type", "").startswith("text/html")
        packed = response.has_header("Content-Encoding")
        if is_html and not packed and not response.streaming and response.content:
            html.check(response.content.decode(), where=request.get("PATH_INFO", "/"))
        return response


class _UnknownVariable(logging.Handler):
    """Fails when one of our templates uses a variable that is not there."""

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.args, tuple) and len(record.args) == 2:
            name, template = map(str, record.args)
            if not template.startswith(("admin/", "auth/", "django/", "registration/", "unknown")):
                raise AssertionError(f"{template}: there is no variable {name}")


@pytest.fixture(autouse=True)
def unknown_template_variables_fail() -> Iterator[None]:
    logger = logging.getLogger("django.template")
    handler = _UnknownVariable()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    yield
    logger.removeHandler(handler)
    logger.setLevel(level)
    logger.propagate = True


@pytest.fixture(autouse=True)
def own_media_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CARDS_ROOT = tmp_path / "cards"
    settings.ERASURES_ROOT = tmp_path / "erasures"


@pytest.fixture
def client() -> StrictClient:
    """A reader's browser that fails on bad HTML."""
    return StrictClient()


@pytest.fixture
def editor(db: None) -> Any:
    """An account that may write, submit and publish."""
    return EditorFactory.create()


@pytest.fixture
def reviewer(db: None) -> Any:
    """An account that may sign off."""
    return ReviewerFactory.create()
