"""The moderators' pages in the admin."""
