"""Shared fixtures: the made-up log, built once."""

import pytest
from tests.ledger.ledger_sample import Log, build


@pytest.fixture(scope="session")
def log() -> Log:
    return build()
