"""The WSGI application that the server runs."""

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milia_site.settings")
CHARSET = re.compile(r";\s*charset=[^;]*", re.IGNORECASE)
django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The site. All forms are UTF-8; a charset in the request makes Django fail on some names."""
    environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    return django(environ, start_response)
