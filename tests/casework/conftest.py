"""A world whose clock stands still and moves when told; everything else is real."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from tests.casework.support import TestWorld
from yifa.casework.requests import Answer, Ask
from yifa.casework.services import perform
from yifa.language.acts import Actor, Command

STAFF = Actor(
    "甲", frozenset({"window_clerk", "handler", "section_head", "body_head", "organ_head", "superior"}), "gz"
)


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> None:
    """Materials and documents of a test lie in a folder of its own."""
    settings.VAR = tmp_path / "own"


@pytest.fixture
def world() -> TestWorld:
    return TestWorld(timezone.make_aware(datetime(2024, 1, 31, 9)))


@pytest.fixture
def act(world: TestWorld) -> Callable[..., Answer]:
    """act("accept", "2024-02-06", case, data…): one act on its day."""

    def do(
        action: str,
        day: str,
        case: object = None,
        party: str | None = None,
        key: str | None = None,
        **data: object,
    ) -> Answer:
        on = date.fromisoformat(day)
        world.moment = max(world.moment, timezone.make_aware(datetime(on.year, on.month, on.day, 10)))
        ask = Ask(Command(action, on, data, party), STAFF, key or str(uuid4()), "reconsideration", case, "gz")  # type: ignore[arg-type]
        return perform(ask, world)

    return do


@pytest.fixture
def clean() -> Callable[[], None]:
    """Empties the tables of cases, as if nothing had happened yet."""

    def empty() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT string_agg(tablename, ', ') FROM pg_tables WHERE tablename LIKE 'casework_%'"
            )
            cursor.execute(f"TRUNCATE {cursor.fetchone()[0]} CASCADE")

    return empty
