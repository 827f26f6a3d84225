"""What happens to sources, for the apps above that need to know."""

from django.dispatch import Signal

# Sent with `reference` and `notice` (references.notices.Notice) when a service or an editor told of
# a notice that was not known, within the transaction that stores it.
notice_found = Signal()
