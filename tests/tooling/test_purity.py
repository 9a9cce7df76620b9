"""The purity check sees through the ways a clock, a dice or a file can be named."""

import pytest

from tests.tooling.support import load

purity = load("purity")


@pytest.mark.parametrize(
    ("source", "reasons"),
    [
        ("from datetime import date\nx = date.today()", ["uses datetime.date.today"]),
        ("from datetime import date as D\nx = D.today()", ["uses datetime.date.today"]),
        ("import datetime\nx = datetime.datetime.now()", ["uses datetime.datetime.now"]),
        ("import datetime as dt\nx = dt.date.today()", ["uses datetime.date.today"]),
        ("from datetime import datetime\nx = datetime.now(None)", ["uses datetime.datetime.now"]),
        ("from datetime import date\nfield(default_factory=date.today)", ["uses datetime.date.today"]),
        ("import uuid\nuuid.uuid4()", ["uses uuid.uuid4"]),
        ("from uuid import uuid4 as new\nnew()", ["uses uuid.uuid4"]),
        ("def f():\n    from uuid import uuid1\n    return uuid1()", ["uses uuid.uuid1"]),
        ("open('x')", ["calls open()"]),
        ("import io\nio.open('x')", ["uses io.open"]),
        ("print('x')", ["calls print()"]),
        ("import random", ["imports random"]),
        ("import time as t", ["imports time"]),
        ("from pathlib import Path", ["imports pathlib"]),
        ("import os.path", ["imports os.path"]),
        ("from importlib.resources import files", ["imports importlib.resources"]),
    ],
)
def test_impurities_are_found(source: str, reasons: list[str]) -> None:
    assert [reason for _, reason in purity.impurities(source)] == reasons


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import date\nx = date(2024, 1, 1)",
        "from datetime import datetime\nx = datetime.fromisoformat('2024-01-01')",
        "x = act.open(day)",  # a method of that name is not the file function
        "open = Action('open')",
        "def f(today):\n    return today()",  # handed in, as it should be
        "from uuid import UUID\nx = UUID(int=1)",
        "import io\nx = io.StringIO()",
        "from yifa.law.time import x",  # another module's last name
        "from . import os_like",
    ],
)
def test_pure_code_passes(source: str) -> None:
    assert list(purity.impurities(source)) == []


def test_places_are_told_in_order() -> None:
    source = "import os\n\nfrom datetime import date\n\nx = [date.today(), open('y')]\n"
    assert list(purity.impurities(source)) == [
        (1, "imports os"),
        (5, "calls open()"),
        (5, "uses datetime.date.today"),
    ]


def test_the_pure_floors_are_pure(capsys: pytest.CaptureFixture[str]) -> None:
    assert purity.main() == 0, capsys.readouterr().out


def test_the_check_looks_at_every_pure_floor() -> None:
    assert {floor for floor in purity.PURE if list((purity.SRC / floor).rglob("*.py"))} == set(purity.PURE)


def test_the_exceptions_are_still_needed() -> None:
    for name in purity.ALLOWED:
        assert list(purity.impurities((purity.SRC / name).read_text())), name
