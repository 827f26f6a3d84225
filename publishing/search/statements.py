"""Sending the statements of a search to the database."""

from typing import Any

from django.db import connection


def rows(sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """What a statement finds."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def one(sql: str, **values: Any) -> str:
    """The one text that a statement gives."""
    return str(rows(sql, **values)[0][0])
