"""Pages of the desk around one page or revision, beside Django's own.

Each works without script, checks the permission itself, and shows a WorkflowError's own words
above the form, in which everything typed is still there.
"""
