"""Django's backend for PostgreSQL, with a cheaper check of the pool's connections."""
