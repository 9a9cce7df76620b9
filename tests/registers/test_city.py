"""Organs, windows and agencies of a city as registers: loaded from the city's files, with the history of who reviews whom."""

from dataclasses import replace

import pytest

from tests.registers.support import D, at
from yifa import registry
from yifa.registers import selectors
from yifa.registers.city import BEGINNING, load_city
from yifa.registers.importing import Imported

pytestmark = pytest.mark.django_db(transaction=True)
CITY = registry.city_of()


def organ(code: str, day: str) -> dict[str, object]:
    (row,) = selectors.find("reconsideration.organs", D(day), code=code)
    return {"state": row.state, **row.data}


def test_a_city_is_loaded_once() -> None:
    first = load_city(CITY, at("2024-02-01"))
    assert first["reconsideration.organs"].entered == len(CITY.organs)
    assert first["legal_aid.stations"] == Imported(12, 0, 0)
    assert first["reconsideration.windows"] == Imported(12, 0, 0)
    again = load_city(CITY, at("2024-02-02"))
    assert {code: (done.entered, done.changed) for code, done in again.items()} == dict.fromkeys(
        first, (0, 0)
    )


def test_who_reviews_has_a_history() -> None:
    load_city(CITY, at("2024-02-01"))
    assert (
        organ("gz-gaj", "2020-01-01")["competent"] == []
    )  # the applicant's choice before 2021-06-01 is not in the routes
    assert organ("gz-gaj", "2022-01-01")["competent"] == ["gz-gov"]
    assert organ("gz-sfj", "2022-01-01")["competent"] == ["gz-gov"]
    assert organ("gz-sfj", "2024-01-01")["competent"] == ["gz-gov", "gd-sft"]
    assert organ("440106-ga", "2024-01-01")["competent"] == ["gz-gov", "440106-gov"]


def test_what_the_law_asks_about_an_organ() -> None:
    load_city(CITY, at("2024-02-01"))
    assert organ("gd-gov", "2024-01-01")["kind"] == "province"
    assert organ("gz-gov", "2024-01-01")["review_body"] == "gz-sfj"
    body = organ("440106-ga", "2024-01-01")
    assert (body["level"], body["by_division"], body["parent"]) == ("city", True, "gz-gaj")
    assert organ("440106-sfj", "2024-01-01")["level"] == "district"
    (agency,) = selectors.find("legal_aid.stations", D("2024-02-01"), code="440106-aid")
    assert (agency.data["place"], agency.organ) == ("天河区", "440106-aid")
    (window,) = selectors.find("reconsideration.windows", D("2024-02-01"), code="gz-w1")
    assert (window.data["district"], window.organ) == ("广州市", "gz-sfj")


def test_an_organ_that_ends_is_followed_by_its_successor() -> None:
    load_city(CITY, at("2024-02-01"))
    ended = CITY.organs["gz-tyj"]._replace(until=D("2024-01-31"), successor="gz-mz")
    load_city(replace(CITY, organs={**CITY.organs, "gz-tyj": ended}), at("2024-02-15"))
    assert selectors.find("reconsideration.organs", D("2024-02-01"), code="gz-tyj") == []
    assert organ("gz-tyj", "2024-01-31")["successor"] == "gz-mz"


def test_mistakes_stop_the_load() -> None:
    wrong = CITY.organs["gz-mz"]._replace(kind="castle")
    done = load_city(replace(CITY, organs={"gz-mz": wrong}, windows=()), at("2024-02-01"))
    assert [p.column for p in done["reconsideration.organs"].problems] == ["性质"]
    assert list(selectors.rows("reconsideration.organs", BEGINNING)) == []
