"""An office, and somebody logged in at its desk."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from tests.desk.browsing import CHROMIUM, Seat
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


# ------------------------------------------------------------------------------ stories in a browser


@pytest.fixture
def committed(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office as the server's threads see it; they keep no connection."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    return office()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop runs in this thread
        found = playwright.chromium.launch(executable_path=CHROMIUM)
        yield found
        found.close()


@pytest.fixture(params=[1366, 390])
def width(request: Any) -> int:
    return int(request.param)


@pytest.fixture
def seat(browser: Browser, live_server: Any, width: int) -> Any:
    seats: list[Seat] = []

    def take(login: str) -> Seat:
        seats.append(Seat(browser, live_server.url, login, width))
        return seats[-1]

    yield take
    assert [trouble for s in seats for trouble in s.troubles] == []
    for s in seats:
        s.page.context.close()
