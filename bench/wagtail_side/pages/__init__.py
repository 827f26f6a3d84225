"""The one kind of page of the Wagtail side."""
