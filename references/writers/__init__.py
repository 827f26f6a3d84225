"""Writers of sources, a module for each format."""
