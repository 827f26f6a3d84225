"""What a browser says of the public pages: `python -m bench.audit`."""
