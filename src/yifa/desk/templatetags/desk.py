"""Small help for templates."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import attrgetter

from django import template

from yifa.casework.shown import Value

register = template.Library()


@register.filter
def get(table: Mapping[str, str], key: str) -> str:
    """The value under a key; the key itself if there is none."""
    return table.get(key, key)


@register.filter
def grouped(values: Iterable[Value]) -> list[tuple[str, list[Value]]]:
    """Values that follow one another under one title, told once: title, values."""
    return [(title, list(found)) for title, found in groupby(values, attrgetter("title"))]
