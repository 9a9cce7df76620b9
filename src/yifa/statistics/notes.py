"""Notes on the records as a whole. `sample`: {"scale": "0.02", "seed": 1, "year": 2023}, written by whoever loads one."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from yifa.statistics.models import Note

SAMPLE = "sample"


def note(code: str, value: Any) -> None:
    """Write a note, in place of an earlier one of the same code."""
    Note.objects.update_or_create(code=code, defaults={"value": value, "noted_at": timezone.now()})


def notes() -> dict[str, Any]:
    """All notes by code."""
    return dict(Note.objects.order_by("code").values_list("code", "value"))


def scale(said: Mapping[str, Any]) -> Decimal | None:
    """The share of a real year the records hold, if they are a simulated sample; None: they are nobody's sample."""
    sample = said.get(SAMPLE)
    return None if sample is None else Decimal(str(sample["scale"]))
