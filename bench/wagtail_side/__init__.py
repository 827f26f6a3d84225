"""Wagtail as its documentation sets it up, to measure our search beside: `make bench-wagtail`.

It has an environment of its own, for nothing else here needs Wagtail.
"""
