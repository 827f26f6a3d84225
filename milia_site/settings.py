"""Settings: one file, everything that differs between sites comes from the environment."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environ import Env
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, str(default)).strip().lower()
    if value not in {"true", "false", "1", "0", "yes", "no"}:
        raise SystemExit(f"{name} is {value!r}: set it to true or false.")
    return value in {"true", "1", "yes"}


def _words(name: str) -> frozenset[str]:
    return frozenset(filter(None, map(str.strip, os.environ.get(name, "").lower().split(","))))


# The site
PRODUCTION = _flag("PRODUCTION", default=False)
DEBUG = False
SITE_NAME = os.environ.get("SITE_NAME", "Milia")
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
# Sentences for "About this page"; what is not set is not said.
SITE_AI_USE = os.environ.get("SITE_AI_USE", "").strip()
SITE_FUNDING = os.environ.get("SITE_FUNDING", "").strip()
SITE_LICENCE = os.environ.get("SITE_LICENCE", "").strip()
HTTPS = SITE_URL.startswith("https://")
# Shows the demonstration notice on every page, and lets a demo contributor's sign-off permit
# publishing. Turn it off when the texts are your own and your reviewers are real.
DEMO_MODE = _flag("DEMO_MODE", default=True)
# A one-person site may publish without a reviewer; its pages then never say "Medically reviewed".
REVIEW_REQUIRED = _flag("REVIEW_REQUIRED", default=True)

# What the site keeps beside its database.
VAR_DIR = Path(os.environ.get("MILIA_VAR", BASE_DIR / "var"))
SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    if PRODUCTION:
        raise SystemExit(
            "SECRET_KEY is not set. Production needs one: set the environment variable "
            "SECRET_KEY to at least 50 random characters and keep it secret."
        )
    # The key that `make run` keeps, so that its commands read what the site has written.
    kept = VAR_DIR / "secret-key"
    SECRET_KEY = kept.read_text().strip() if kept.is_file() else secrets.token_urlsafe(50)
# Keys of before: they still open what was made with them.
SECRET_KEY_FALLBACKS = os.environ.get("SECRET_KEY_FALLBACKS", "").split()

ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname or ""]
if not PRODUCTION:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]

# Application
INSTALLED_APPS = [
    "milia_site.apps.MiliaSiteConfig",
    "milia_site.apps.MiliaAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "milia_site.apps.JobsConfig",
    "markdownx",
    "references",
    "publishing",
    "articles",
    "faq",
    "comments",
]
MIDDLEWARE = [
    "milia_site.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "milia_site.middleware.AdminPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "milia_site.middleware.PublicGZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "milia_site.middleware.AdminSessionMiddleware",
    "milia_site.middleware.AdminCsrfMiddleware",
    "milia_site.middleware.AdminAuthenticationMiddleware",
    "milia_site.middleware.AdminMessageMiddleware",
]
ROOT_URLCONF = "milia_site.urls"
WSGI_APPLICATION = "milia_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "publishing.site_context.site",
            ],
        },
    },
]

# Database
DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql:///milia")
# Time limits and the pool are for web processes; a migration or an import may take its time.
WEB_PROCESS = _flag("WEB_PROCESS", default=False)
DB_POOL_SIZE = int(os.environ.get("DB_POOL_SIZE", "8"))


def _database() -> dict[str, Any]:
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(DATABASE_URL).items()}
    except ProgrammingError as error:
        raise SystemExit(f"DATABASE_URL cannot be read: {str(error).strip()}") from None
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host"}
    database: dict[str, Any] = {key: parts.pop(part, "") for key, part in names.items()}
    database |= {"ENGINE": "milia_site.postgresql", "PORT": parts.pop("port", "")}
    options: dict[str, Any] = {"connect_timeout": "2", "server_side_binding": True, **parts}
    database["OPTIONS"] = options
    if WEB_PROCESS:
        limits = "-c statement_timeout=3s -c lock_timeout=1s"
        options["options"] = f"{options.get('options', '')} {limits}".strip()
        # The second time that a connection runs a statement, its plan is kept.
        options["prepare_threshold"] = 2
        options["pool"] = {"min_size": 1, "max_size": DB_POOL_SIZE, "timeout": 2}
    return database


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Language and time. No LocaleMiddleware: a page's bytes do not vary by reader.
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "milia_site.style_sheet.JoinedStyleFinder",
]
JOINED_ROOT = VAR_DIR / "joined"
CARDS_ROOT = VAR_DIR / "cards"  # drawn when asked for; may be deleted at any time
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# What readers had deleted for ever, to be deleted again when a backup was restored.
ERASURES_ROOT = VAR_DIR / "erasures"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes; larger uploads go to a temporary file
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a glossary of 500 terms is one form

# The services that sources are looked up at. Another address may be a mirror of your own.
CROSSREF_URL = os.environ.get("CROSSREF_URL", "https://api.crossref.org").rstrip("/")
DOI_URL = os.environ.get("DOI_URL", "https://doi.org").rstrip("/")
PUBMED_URL = os.environ.get("PUBMED_URL", "https://eutils.ncbi.nlm.nih.gov/entrez/eutils").rstrip(
    "/"
)
# Told to them, so that they write before they bar a site; nothing is told when it is empty.
CONTACT_EMAIL = os.environ.get("CONTACT_EMAIL", "").strip()

# E-mail: smtp+tls://user:password@host:587; in the beginning it is printed where the site runs.
EMAIL_URL = os.environ.get("EMAIL_URL", "consolemail://")
try:
    _email = {key: value for key, value in Env.email_url_config(EMAIL_URL).items() if value}
    if urlsplit(EMAIL_URL).query:
        raise ValueError
except (ImproperlyConfigured, ValueError):
    raise SystemExit(
        "EMAIL_URL cannot be read. Set it to smtp+tls://user:password@host:587, with special "
        "characters in the password percent-encoded."
    ) from None
EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_HOST = _email.get("EMAIL_HOST", "localhost")
EMAIL_HOST_USER = _email.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _email.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)
if EMAIL_HOST_PASSWORD and not (EMAIL_USE_TLS or EMAIL_USE_SSL):
    raise SystemExit(
        "EMAIL_URL would send the password unencrypted. Begin it with smtp+tls:// or smtp+ssl://."
    )
EMAIL_PORT = _email.get("EMAIL_PORT", 587 if EMAIL_USE_TLS else 465 if EMAIL_USE_SSL else 25)
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("EMAIL_FROM", "").strip() or (
    CONTACT_EMAIL or "webmaster@localhost"
)

# Comments of readers. The privacy page says what is in force here.
COMMENTS_OPEN = _flag("COMMENTS_OPEN", default=True)
COMMENTS_EMAIL_REQUIRED = _flag("COMMENTS_EMAIL_REQUIRED", default=False)
# Comments that a person let through before a writer's next ones show at once; 0: never.
COMMENTS_TRUSTED_AFTER = int(os.environ.get("COMMENTS_TRUSTED_AFTER", "0"))
COMMENTS_REFUSED_KEPT_DAYS = int(os.environ.get("COMMENTS_REFUSED_KEPT_DAYS", "30"))
COMMENTS_EMAIL_KEPT_DAYS = int(os.environ.get("COMMENTS_EMAIL_KEPT_DAYS", "365"))
# Words that the owner does not want, and e-mail domains that are thrown away, between commas.
COMMENTS_BAD_WORDS = _words("COMMENTS_BAD_WORDS")
COMMENTS_DISPOSABLE_DOMAINS = _words("COMMENTS_DISPOSABLE_DOMAINS")
# The slug of a plain page that says where help is, for who writes of harming themselves.
COMMENTS_HELP_PAGE = os.environ.get("COMMENTS_HELP_PAGE", "help")
# The header in which a proxy of ours, and nobody else, says where a request comes from.
CLIENT_ADDRESS_HEADER = os.environ.get("CLIENT_ADDRESS_HEADER", "").strip()

# Markdown editor. Its own views are never mounted; these addresses are ours.
MARKDOWNX_URLS_PATH = "/admin/markdown/preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/markdown/upload/"
MARKDOWNX_MARKDOWNIFY_FUNCTION = "publishing.assembly.markdownify"
MARKDOWNX_SERVER_CALL_LATENCY = 500  # milliseconds

# Nothing is logged by default but errors; whoever adds a handler gets lines without tokens.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"tokens": {"()": "milia_site.logs.HideTokens"}},
    "loggers": {"django.request": {"filters": ["tokens"]}},
}

# Security headers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False  # the Markdown editor's script reads it
if HTTPS:
    # A proxy ends TLS and we see plain HTTP, from it alone: forms come from the public address.
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
