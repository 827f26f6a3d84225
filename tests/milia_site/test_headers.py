"""Security headers on every answer, and no cookie for readers on any."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest

from milia_site import wsgi
from publishing import actions
from tests import factories

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Server": "",
    "X-Frame-Options": "DENY",
}


def policy(answer: Any) -> set[str]:
    return {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")}


@pytest.fixture
def addresses(db: None) -> dict[str, int]:
    """One address for every sort of public answer."""
    gone = factories.published(factories.article_content("gone"))
    editor = factories.EditorFactory.create()
    actions.unpublish(by=editor, page=gone.page, reason="Old.")
    factories.published(factories.article_content())
    return {
        "/": 200,
        "/articles/removal/": 200,
        "/articles/gone/": 410,
        "/articles/nothing/": 404,
        "/articles/removal": 301,
        "/static/css/base.css": 200,
        "/static/nothing.css": 404,
    }


def test_every_public_answer_has_the_headers_and_no_cookie(
    client: Any, addresses: dict[str, int]
) -> None:
    for address, status in addresses.items():
        answer = client.get(address)
        if answer.streaming:
            assert b"".join(answer.streaming_content)
        assert answer.status_code == status, address
        found = {name: answer.headers.get(name) for name in HEADERS}
        assert found == HEADERS, address
        assert policy(answer) == POLICY, address
        assert "camera=()" in answer.headers["Permissions-Policy"], address
        assert "Strict-Transport-Security" not in answer.headers
        assert answer.cookies == {}, address
        assert "Cookie" not in answer.headers.get("Vary", ""), address


def test_other_verbs_and_server_errors_have_them_too(client: Any, monkeypatch: Any) -> None:
    assert policy(client.post("/")) == POLICY

    def broken(*args: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr("milia_site.views.Revision.objects.live", broken)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()
    assert policy(answer) == POLICY
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_same_address_answers_the_same_bytes_whatever_the_reader_sends(
    client: Any, addresses: dict[str, int]
) -> None:
    plain = client.get("/articles/removal/")
    odd = client.get(
        "/articles/removal/",
        headers={
            "accept-language": "de",
            "cookie": "sessionid=abc; csrftoken=def",
            "user-agent": "<script>",
            "x-forwarded-host": "evil.example",
            "x-forwarded-proto": "https",
        },
    )
    assert odd.content == plain.content
    assert odd.headers.get("Vary") == plain.headers.get("Vary")


def test_the_desk_may_use_its_editor_and_is_never_kept(client: Any) -> None:
    answer = client.get("/admin/login/")
    assert policy(answer) == POLICY - {
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    } | {"frame-src 'self'"}
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_name_like_a_static_file_below_the_desk_is_not_found(client: Any) -> None:
    assert client.get("/admin/x.css").status_code == 404


def test_a_wrong_host_is_refused(client: Any) -> None:
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "could not be understood" in answer.content.decode()


@pytest.mark.parametrize("path", ["/%00", "/%ff", "/articles/%00/", "/articles/a b/", "/%2e%2e/"])
def test_odd_addresses_are_not_found(client: Any, path: str) -> None:
    assert client.get(path).status_code in (400, 404)


HTTPS = """
import django, json
django.setup()
from django.conf import settings
from django.test import Client
answer = Client().post("/", secure=True, headers={"host": "skin.example"})
print(json.dumps([
    answer.headers["Strict-Transport-Security"],
    "upgrade-insecure-requests" in answer.headers["Content-Security-Policy"],
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE,
]))
"""


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "milia_site.settings", **environment},
    )


def test_over_https_transport_is_strict_and_cookies_are_bound_to_the_host(tmp_path: Path) -> None:
    done = run(
        HTTPS,
        SITE_URL="https://skin.example",
        PRODUCTION="true",
        SECRET_KEY="x" * 50,
        MILIA_VAR=str(tmp_path),
    )
    line = done.stdout.strip().splitlines()[-1]
    assert line == (
        '["max-age=63072000; includeSubDomains", true, '
        '"__Host-sessionid", "__Host-csrftoken", true]'
    )


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"PRODUCTION": "true", "SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"PRODUCTION": "perhaps"}, "PRODUCTION is 'perhaps': set it to true or false."),
        ({"DATABASE_URL": "postgres://a@[:x/"}, "DATABASE_URL cannot be read"),
        ({"EMAIL_URL": "nonsense"}, "EMAIL_URL cannot be read"),
        ({"EMAIL_URL": "smtp://u:p@h:587/?tls=true"}, "EMAIL_URL cannot be read"),
        ({"EMAIL_URL": "smtp://u:p@h:587"}, "EMAIL_URL would send the password unencrypted"),
    ],
)
def test_a_wrong_setting_is_told_in_one_line(environment: dict[str, str], told: str) -> None:
    done = run("import milia_site.settings", **environment)
    assert done.returncode == 1
    assert done.stderr.startswith(told)
    assert done.stderr.count("\n") == 1


EMAIL = """
from milia_site import settings as s
print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL,
      s.DEFAULT_FROM_EMAIL)
"""


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        (
            {"EMAIL_URL": "smtp+tls://u:p%40ss@mail.example", "EMAIL_FROM": "desk@skin.example"},
            "mail.example 587 p@ss True False desk@skin.example",
        ),
        (
            {"EMAIL_URL": "smtp+ssl://u:p@mail.example:465", "CONTACT_EMAIL": "us@skin.example"},
            "mail.example 465 p False True us@skin.example",
        ),
    ],
)
def test_e_mail_is_set_by_one_address(environment: dict[str, str], told: str) -> None:
    assert run(EMAIL, **environment).stdout.strip() == told


def test_a_site_on_https_says_so_and_takes_forms_from_its_own_address(
    client: Any, settings: Any
) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers
    settings.HTTPS = True
    age = 2 * 365 * 24 * 60 * 60
    expected = f"max-age={age}; includeSubDomains"
    assert client.get("/").headers["Strict-Transport-Security"] == expected


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("text/plain; charset=hex", "text/plain"),
        ("text/plain;CHARSET=rot13", "text/plain"),
        ("multipart/form-data; charset=utf-8; boundary=x", "multipart/form-data; boundary=x"),
        ("application/json", "application/json"),
    ],
)
def test_the_charset_of_a_request_never_reaches_django(
    monkeypatch: pytest.MonkeyPatch, given: str, kept: str
) -> None:
    def django(environ: dict[str, Any], _start: Any) -> list[bytes]:
        request = WSGIRequest(environ)
        return [f"{environ['CONTENT_TYPE']} {request.GET['page']}".encode()]

    monkeypatch.setattr(wsgi, "django", django)
    environ = {
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": "page=1",
        "CONTENT_TYPE": given,
        "wsgi.input": BytesIO(),
    }
    assert list(wsgi.application(environ, lambda *_: None)) == [f"{kept} 1".encode()]


def test_a_nul_in_a_query_of_the_desk_is_a_bad_request(admin_client: Any) -> None:
    for address in ("/admin/publishing/revision/?kind=%00", "/admin/articles/article/?q=%00"):
        assert admin_client.get(address).status_code == 400
