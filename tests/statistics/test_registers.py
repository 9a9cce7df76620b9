"""Registers in figures: stocks on the last day, entries by their own dates, as known at the cut-off, on both engines."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from yifa.language.acts import Actor
from yifa.registers.requests import Ask, Done
from yifa.registers.services import perform
from yifa.statistics.catalogue import CatalogueError, catalogue, find, source_columns
from yifa.statistics.drill import behind
from yifa.statistics.figures import Figure, by_dimension, compute, compute_all
from yifa.statistics.lake import Snapshot, export
from yifa.statistics.live import Engine, Live, live
from yifa.statistics.period import end_of, year
from yifa.statistics.report.annex import Relation, annex_rows

pytestmark = pytest.mark.django_db
Y2023 = year(2023)
SYSTEM = Actor("装载", frozenset({"system"}))
CUT = end_of(date(2024, 1, 20))
STATIONS, VOLUNTEERS = find("litigation.stations"), find("legal_aid.one_plus_one_volunteers")


def at(day: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(f"{day}T09:00"))


def change(
    how: Any, register: str, recorded: str, on: str | None = None, move: str = "", entry: Any = None, /, **data: Any
) -> Any:  # fmt: skip
    day = date.fromisoformat(on) if on else None
    done = perform(Ask(register, how, SYSTEM, day, data, entry, move=move), at(recorded))
    assert isinstance(done, Done), done
    return done.entry


def station(code: str, kind: str, recorded: str = "2023-03-01", district: str = "440106") -> Any:
    data = {
        "name": f"测试站{code}",
        "kind": kind,
        "district": district,
        "opened_on": "2023-03-01",
        "valid_from": "2023-03-01",
    }
    return change("enter", "litigation.stations", recorded, "2023-03-01", code=code, **data)


@pytest.fixture
def stations(db: None) -> dict[str, Any]:
    """Four stations and two studios in 2023, one station closed in November, one volunteer of each year."""
    made = {code: station(code, "station") for code in "abcde"} | {
        code: station(code, "studio") for code in "fg"
    }
    change("move", "litigation.stations", "2023-11-02", "2023-11-01", "close", made["e"])
    for number, begun in enumerate(("2022-07-01", "2023-07-01", "2023-07-01", "2023-07-01")):
        change(
            "enter",
            "legal_aid.one_plus_one",
            begun,
            begun,
            id=f"v{number}",
            name="测试律师",
            year=int(begun[:4]),
            county="某县",
            valid_from=begun,
        )
    return made


@pytest.fixture(params=["live", "snapshot"])
def engine(request: pytest.FixtureRequest, stations: dict[str, Any], tmp_path: Path) -> Iterator[Engine]:
    if request.param == "snapshot":
        export(tmp_path, CUT)
        yield Snapshot(tmp_path)
        return
    with live(CUT) as found:
        yield found


def figure(engine: Engine, named: Any = STATIONS, period: Any = Y2023) -> Figure:
    return compute(engine, [named], period)[named.name]


def test_a_stock_is_what_is_there_on_the_last_day(engine: Engine) -> None:
    both = compute_all(engine, [STATIONS], (Y2023, year(2022)))
    assert [both[period][STATIONS.name].value for period in (Y2023, year(2022))] == [6, 0]
    assert {key: f.value for key, f in by_dimension(engine, STATIONS, Y2023, "kind")} == {
        "station": 4,
        "studio": 2,
    }
    assert {key: f.value for key, f in by_dimension(engine, STATIONS, Y2023, "district")} == {"440106": 6}


def test_entries_by_their_own_date(engine: Engine) -> None:
    both = compute_all(engine, [VOLUNTEERS], (Y2023, year(2022), year(2021)))
    assert [f[VOLUNTEERS.name].value for f in both.values()] == [3, 1, 0]
    assert [(key, f.value) for key, f in by_dimension(engine, VOLUNTEERS, Y2023, "year")] == [
        ("2023", Decimal(3))
    ]


def test_a_list_nobody_wrote_in_says_nothing(engine: Engine) -> None:
    empty = figure(engine, find("litigation.mediators"))
    assert (empty.value, empty.shown, empty.missing) == (None, "—", "名录没有记录：行政争议调解员")


def test_what_is_behind_it(engine: Engine) -> None:
    page = behind(engine, STATIONS, Y2023, Actor("1", frozenset({"statistician"}), "gz-sfj"))
    assert page.total == 6
    everything = behind(engine, VOLUNTEERS, Y2023, Actor("1", frozenset({"statistician"}), "gz-sfj"))
    assert "测试律师" not in str(everything)


def test_what_is_recorded_later_changes_nothing(stations: dict[str, Any]) -> None:
    before = figure(Live(CUT))
    station("h", "station", recorded="2024-02-01")
    change("move", "litigation.stations", "2024-02-02", "2023-12-01", "close", stations["a"])
    after = figure(Live(CUT))
    assert after == before
    assert after.check_code == before.check_code
    assert figure(Live(end_of(date(2024, 3, 1)))).value == 6


def test_a_change_within_the_year_does_not_count_an_entry_twice(stations: dict[str, Any]) -> None:
    change("change", "litigation.stations", "2023-06-01", "2023-06-01", "", stations["b"], name="测试站改名")
    assert figure(Live(CUT)).value == 6


def test_published_rows_that_are_one_value_of_a_dimension(stations: dict[str, Any]) -> None:
    engine = Live(CUT)
    now = compute(engine, catalogue().values(), Y2023)

    def of(figure: Figure, dimension: str, value: str) -> Figure:
        return dict(by_dimension(engine, figure.named, figure.period, dimension)).get(value, figure)

    _, rows = annex_rows(
        2023, now, of, lambda record: 0, sampled=False, empty=("litigation", "mediation", "reconsideration")
    )
    found = {row.title: row for row in rows if row.why.startswith("调解中心工作站、工作室数：")}
    assert [(row.published, row.computed, row.relation) for row in found.values()] == [
        ("4个", "4个", Relation.MET), ("2个", "2个", Relation.MET),
    ]  # fmt: skip


def test_registers_of_other_lines_are_looked_up_when_all_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    line = STATIONS.line
    assert source_columns(line, "register:permits.lawyers") is not None
    assert source_columns(line, "register:nobody.lawyers") is None
    assert source_columns(line, "register:legal_aid.one_plus_one") == source_columns(
        VOLUNTEERS.line, "register:one_plus_one"
    )
    assert issubclass(CatalogueError, ValueError)
