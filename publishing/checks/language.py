"""Which language the rules about words and sentences are for."""

from django.conf import settings


def english() -> bool:
    """Whether the site writes English; rules about English words are silent elsewhere."""
    return str(settings.LANGUAGE_CODE).partition("-")[0] == "en"
