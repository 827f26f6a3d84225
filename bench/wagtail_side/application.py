"""The WSGI application of the Wagtail side."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.wagtail_side.settings"
application = get_wsgi_application()
