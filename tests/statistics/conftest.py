"""A small year in the database, made once for a module; what a test adds is undone after it."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from tests.casework.support import TestWorld
from tests.statistics.play import Play, play_year
from yifa.statistics.lake import Snapshot, export
from yifa.statistics.period import end_of

CUT = end_of(date(2023, 12, 31))


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any) -> Iterator[Play]:
    """Ninety reconsiderations and ninety matters of legal aid, in a transaction that is thrown away."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield play_year(TestWorld(timezone.make_aware(datetime(2023, 1, 3, 9))))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def snapshot(year: Play, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The same year as Parquet files."""
    folder: Path = tmp_path_factory.mktemp("lake")
    export(folder, CUT, year.world)
    return Snapshot(folder)


@pytest.fixture
def undone(year: Play) -> Iterator[Play]:
    """The year, for a test that goes on with it."""
    with transaction.atomic():
        yield year
        transaction.set_rollback(True)
