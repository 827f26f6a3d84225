"""Readers' search: what can be found, how it is asked for, and what was sought in vain."""
