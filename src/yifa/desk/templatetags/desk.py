"""Small help for templates."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def get(table: Mapping[str, str], key: str) -> str:
    """The value under a key; the key itself if there is none."""
    return table.get(key, key)
