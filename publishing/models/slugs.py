"""The form of names in addresses and texts."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SLUG_VALIDATOR = RegexValidator(
    SLUG_PATTERN, _("Use small letters, digits and single hyphens only, such as “milia-care”.")
)
