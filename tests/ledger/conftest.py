"""Shared fixtures: the made-up log, built once."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from ledger_sample import Log, build


@pytest.fixture(scope="session")
def log() -> Log:
    return build()
