"""An office, and somebody logged in at its desk."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.desk.office import Office, office

TODAY = date(2024, 2, 7)
Login = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> None:
    """Documents of a test lie in a folder of its own; the desk's day is that of the stories."""
    settings.VAR = tmp_path / "own"
    settings.DEMO_DAY = TODAY
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # slow ones would slow the tests only


@pytest.fixture
def place(db: None) -> Office:
    return office()


@pytest.fixture
def login(place: Office) -> Login:
    def do(name: str) -> Client:
        client = Client()
        client.force_login(place.people[name])
        return client

    return do
