"""Measures the public pages and the library of sources: `python -m bench`."""
