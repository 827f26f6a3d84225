"""Measures the speed of the public pages against a bare Django view: `python -m bench`."""
