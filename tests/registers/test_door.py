"""The one door of registers: refusals all at once, the life cycle, corrections, who may write; all of a batch or none."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from tests.registers.support import CODE, HEAD, LIST, ROW, SYSTEM, D, ask, at, codes, did, enter
from yifa.language.acts import Actor
from yifa.language.messages import catalogue, render
from yifa.people.models import Organ
from yifa.registers import selectors
from yifa.registers.models import Change, Entry, Version
from yifa.registers.requests import Ask, NoneDone, NotDone
from yifa.registers.services import perform, perform_all

pytestmark = pytest.mark.django_db(transaction=True)


def rows(day: str, known: str | None = None) -> list[dict[str, Any]]:
    return list(selectors.rows(CODE, D(day), at(known) if known else None, personal=True))


# ------------------------------------------------------------------------------ what is refused

ENTER: list[tuple[dict[str, Any], dict[str, Any], list[str]]] = [
    ({}, {}, []),
    ({"name": None}, {}, ["field_missing"]),
    ({"name": None, "cases": -1, "colour": "红"}, {}, ["field_missing", "field_invalid", "field_unknown"]),
    ({"rank": "king"}, {}, ["field_invalid"]),
    ({}, {"state": "off"}, []),
    ({}, {"state": "gone"}, ["state_not_first"]),
    ({}, {"state": "nowhere"}, ["state_not_first"]),
    ({}, {"on": D("2024-03-02")}, ["dated_in_future"]),
    ({"valid_to": "2019-12-31"}, {}, ["term_ends_early"]),
    ({"valid_from": "2024-06-01"}, {}, []),  # appointed from a day to come
]


@pytest.mark.parametrize(("changes", "more", "expected"), ENTER)
def test_entering(changes: dict[str, Any], more: dict[str, Any], expected: list[str]) -> None:
    data = {name: value for name, value in {**ROW, **changes}.items() if value is not None}
    answer = perform(Ask(CODE, "enter", SYSTEM, data=data, **more), at("2024-03-01"))
    assert (codes(answer) if not answer else []) == expected
    assert Entry.objects.count() == (0 if expected else 1)


CHANGES: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    ("change", {"cases": 3}, {}, []),
    ("change", {"cases": "3", "skills": ["甲"]}, {"on": "2021-01-01"}, []),
    ("change", {"cases": 0}, {}, ["nothing_changes"]),
    ("change", {}, {}, ["nothing_changes"]),
    ("change", {"cases": -1, "colour": "红", "name": None}, {}, ["field_invalid", "field_unknown", "field_missing"]),
    ("change", {"colour": None}, {}, ["field_unknown", "nothing_changes"]),
    ("change", {"number": "2"}, {}, ["key_fixed"]),
    ("change", {"valid_from": "2021-01-01"}, {}, ["term_start_fixed"]),
    ("change", {"cases": 3}, {"on": "2019-12-31"}, ["before_entry"]),
    ("change", {"valid_to": "2019-01-01"}, {}, ["term_ends_early"]),
    ("change", {"id_no": None}, {}, []),
    ("move", {}, {"move": "stop"}, []),
    ("move", {}, {"move": "back"}, ["move_not_open"]),
    ("move", {}, {"move": "fly"}, ["move_unknown"]),
    ("move", {}, {"move": "leave"}, ["move_lacks"]),
    ("move", {"ended_on": "2024-02-01"}, {"move": "leave"}, []),
    ("correct", {"name": "测试乙"}, {"target": 0, "reason": "笔误"}, []),
    ("correct", {"name": "测试乙"}, {"target": 0}, ["reason_required"]),
    ("correct", {"name": "测试乙"}, {"target": 7, "reason": "笔误"}, ["target_unknown"]),
    ("correct", {"name": "测试乙"}, {"reason": " "}, ["target_unknown", "reason_required"]),
    ("correct", {}, {"target": 0, "reason": "笔误"}, ["correction_empty"]),
    ("correct", {}, {"target": 0, "reason": "笔误", "state": "off"}, []),
    ("correct", {}, {"target": 0, "reason": "笔误", "state": "gone"}, ["state_not_first"]),
    ("correct", {}, {"target": 0, "reason": "笔误", "dated": "2019-06-01"}, []),
    ("correct", {"number": "9"}, {"target": 0, "reason": "笔误"}, []),
    ("annul", {}, {"target": 0, "reason": "误录"}, []),
    ("annul", {}, {"target": 3, "reason": "误录"}, ["target_unknown"]),
    ("change", {"cases": 4}, {"expected_seq": 1}, []),
    ("change", {"cases": 4}, {"expected_seq": 0}, ["entry_moved_on"]),
    ("change", {"cases": 4}, {"on": "2024-03-02"}, ["dated_in_future"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data", "more", "expected"), CHANGES)
def test_changing(kind: str, data: dict[str, Any], more: dict[str, Any], expected: list[str]) -> None:
    entry = enter()
    answer = ask(kind, entry, "2024-03-01", data, **more)
    assert (codes(answer) if not answer else []) == expected
    assert Change.objects.count() == (1 if expected else 2)


def test_every_refusal_has_its_words() -> None:
    entry = enter()
    seen = set()
    for kind, data, more, expected in CHANGES:
        answer = ask(kind, entry, "2024-03-01", data, **more) if expected else None
        if isinstance(answer, NotDone):
            for problem in answer.problems:
                text = render(problem, catalogue("yifa.registers"))
                assert "{" not in text
                seen.add(problem.code)
    assert len(seen) > 12


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (Ask("test.moon", "enter", SYSTEM, data=ROW), ["register_unknown"]),
        (Ask(CODE, "change", SYSTEM, data={"cases": 1}, entry=uuid4()), ["entry_unknown"]),
        (Ask(CODE, "change", SYSTEM, data={"number": "404", "cases": 1}), ["entry_unknown"]),
    ],
)
def test_what_is_not_there(request_: Ask, expected: list[str]) -> None:
    assert codes(perform(request_, at("2024-03-01"))) == expected


def test_an_entry_of_another_register_is_not_touched() -> None:
    entry = enter()
    answer = perform(
        Ask("permits.firms", "change", SYSTEM, data={"name": "甲"}, entry=entry), at("2024-03-01")
    )
    assert codes(answer) == ["entry_unknown"]


# ------------------------------------------------------------------------------ keys


def test_a_key_is_entered_once_however_it_is_written() -> None:
    enter()
    again = perform(Ask(CODE, "enter", SYSTEM, data={**ROW, "number": " １ "}), at("2024-03-01"))
    assert codes(again) == ["entry_exists"]
    assert isinstance(again, NotDone)
    assert "１" in str(again.problems[0].params["key"])


def test_an_entry_is_found_by_its_key() -> None:
    entry = enter()
    assert (
        did(perform(Ask(CODE, "change", SYSTEM, data={"number": "1", "cases": 5}), at("2024-03-01"))).entry
        == entry
    )
    assert rows("2024-03-01")[0]["cases"] == 5


def test_what_was_annulled_whole_may_be_entered_again() -> None:
    entry = enter()
    did(ask("annul", entry, "2024-02-01", target=0, reason="误录"))
    assert rows("2024-02-01") == []
    again = did(perform(Ask(CODE, "enter", SYSTEM, data={**ROW, "name": "测试丙"}), at("2024-03-01")))
    assert (again.entry, again.seq) == (entry, 2)
    assert [row["name"] for row in rows("2024-03-01")] == ["测试丙"]
    assert [row["name"] for row in rows("2024-03-01", "2024-01-15")] == ["测试甲"]


def test_a_corrected_key_is_the_key_from_then_on() -> None:
    entry = enter()
    did(ask("correct", entry, "2024-02-01", {"number": "9"}, target=0, reason="笔误"))
    assert codes(
        perform(Ask(CODE, "change", SYSTEM, data={"number": "1", "cases": 1}), at("2024-03-01"))
    ) == ["entry_unknown"]
    assert (
        did(perform(Ask(CODE, "change", SYSTEM, data={"number": "9", "cases": 1}), at("2024-03-01"))).entry
        == entry
    )
    other = enter(number="8")
    clash = ask("correct", other, "2024-03-01", {"number": "9"}, target=0, reason="笔误")
    assert codes(clash) == ["entry_exists"]
    assert Change.objects.filter(entry=other).count() == 1


# ------------------------------------------------------------------------------ later changes must still stand


def test_nothing_is_slipped_in_that_fells_what_follows() -> None:
    entry = enter()
    did(ask("move", entry, "2024-02-01", move="stop", on="2023-06-01"))
    did(ask("move", entry, "2024-02-02", move="back", on="2023-09-01"))
    late = ask("move", entry, "2024-03-01", {"ended_on": "2023-07-01"}, move="leave", on="2023-07-01")
    assert isinstance(late, NotDone)
    assert [(p.code, p.where) for p in late.problems] == [("later_falls", "2")]
    assert late.problems[0].params["what"] == "恢复"
    assert codes(ask("annul", entry, "2024-03-01", target=1, reason="误录")) == ["later_falls"]
    did(ask("annul", entry, "2024-03-01", target=2, reason="误录"))
    did(ask("annul", entry, "2024-03-01", target=1, reason="误录"))
    assert [row["state"] for row in rows("2024-03-01")] == ["on"]
    assert [row["state"] for row in rows("2023-07-01", "2024-02-15")] == ["off"]
    assert codes(ask("correct", entry, "2024-03-01", {"cases": 1}, target=1, reason="误录")) == [
        "target_annulled"
    ]


def test_what_is_known_later_does_not_change_what_was_known() -> None:
    entry = enter()
    did(ask("change", entry, "2024-02-01", {"cases": 7}, on="2023-01-01"))
    did(ask("correct", entry, "2024-03-01", {"cases": 8}, target=1, reason="笔误"))
    asked = ((None, 8), ("2024-03-01", 8), ("2024-02-15", 7), ("2024-01-15", 0))
    assert [(known, rows("2023-06-01", known)[0]["cases"]) for known, _ in asked] == list(asked)
    assert rows("2022-06-01")[0]["cases"] == 0
    assert rows("2023-06-01", "2023-12-31") == []


def test_the_log_goes_forward_even_if_a_clock_does_not() -> None:
    entry = enter("2024-02-01")
    did(ask("change", entry, "2024-01-15", {"cases": 7}))
    moments = list(Change.objects.order_by("seq").values_list("recorded_at", flat=True))
    assert moments == [at("2024-02-01"), at("2024-02-01")]
    assert Version.objects.filter(known_to=None).count() == 2


# ------------------------------------------------------------------------------ who may write


def organs() -> None:
    made: dict[str, Any] = {"level": "city", "kind": "justice", "valid_from": D("2000-01-01")}
    city = Organ.objects.create(code="gz", name="某市局", **made)
    Organ.objects.create(code="th", name="某区局", parent=city, **made)


WRITERS = [
    # roles, organ, unit of the entry, what: expected
    ({"section_head"}, "gz", "gz", "enter", None), ({"section_head"}, "gz", None, "enter", None),
    ({"section_head"}, "gz", "th", "enter", "not_own_entry"), ({"section_head"}, "th", "gz", "enter", "not_own_entry"),
    ({"assigner"}, "gz", "gz", "enter", None), ({"clerk"}, "gz", "gz", "enter", "not_writer"),
    ({"system_admin"}, "gz", "gz", "enter", "not_writer"), ({"statistician"}, "gz", "gz", "enter", "not_writer"),
    ({"system"}, None, "th", "enter", None), (set(), None, "gz", "enter", "not_writer"),
    ({"section_head"}, "gz", "gz", "change", None), ({"section_head"}, "th", "gz", "change", "not_own_entry"),
    ({"section_head"}, "gz", "gz", "stop", None), ({"assigner"}, "gz", "gz", "stop", None),
    ({"section_head"}, "gz", "gz", "leave", "not_writer"), ({"body_head"}, "gz", "gz", "leave", None),
    ({"body_head"}, "gz", "gz", "stop", "not_writer"), ({"body_head"}, "th", "gz", "leave", "not_own_entry"),
]  # fmt: skip


@pytest.mark.parametrize(("roles", "organ", "unit", "what", "expected"), WRITERS)
def test_who_may_write(
    roles: set[str], organ: str | None, unit: str | None, what: str, expected: str | None
) -> None:
    organs()
    actor = Actor("7", frozenset(roles), organ)
    if what == "enter":
        row = ROW | ({"unit": unit} if unit else {})
        answer = perform(Ask(CODE, "enter", actor, data=row), at("2024-03-01"))
    else:
        entry = enter(unit=unit)
        kind = "change" if what == "change" else "move"
        data: dict[str, Any] = {"ended_on": "2024-02-01"} if what == "leave" else {"cases": 1}
        answer = ask(kind, entry, "2024-03-01", data, actor, move="" if what == "change" else what)
    assert (codes(answer) if not answer else []) == ([expected] if expected else [])


def test_an_entry_is_not_moved_to_where_one_may_not_write() -> None:
    organs()
    entry = enter(actor=HEAD)
    assert Entry.objects.get(id=entry).organ == "gz"
    assert codes(ask("change", entry, "2024-03-01", {"unit": "th"}, HEAD)) == ["not_own_entry"]
    did(ask("change", entry, "2024-03-01", {"unit": "th"}))
    assert Entry.objects.get(id=entry).organ == "th"
    assert [row["organ"] for row in rows("2024-03-01")] == ["th"]
    assert codes(ask("change", entry, "2024-03-01", {"cases": 2}, HEAD)) == ["not_own_entry"]


# ------------------------------------------------------------------------------ many at once


def batch(count: int, **changes: Any) -> list[Ask]:
    return [Ask(CODE, "enter", SYSTEM, data={**ROW, "number": str(n), **changes}) for n in range(count)]


def test_all_of_a_batch_or_none() -> None:
    asks = [
        *batch(3),
        Ask(CODE, "enter", SYSTEM, data={"number": "x"}),
        Ask(CODE, "move", SYSTEM, data={"number": "0"}, move="fly"),
    ]
    answer = perform_all(asks, at("2024-03-01"))
    assert isinstance(answer, NoneDone)
    assert {n: [p.code for p in problems] for n, problems in answer.problems.items()} == {
        3: ["field_missing"],
        4: ["move_unknown"],
    }
    assert Entry.objects.count() == Change.objects.count() == 0


def test_a_batch_may_enter_and_go_on() -> None:
    asks = [*batch(2), Ask(CODE, "change", SYSTEM, D("2022-01-01"), {"number": "1", "cases": 4})]
    answer = perform_all(asks, at("2024-03-01"))
    assert not isinstance(answer, NoneDone)
    assert [done.seq for done in answer] == [0, 0, 1]
    assert {row["number"]: row["cases"] for row in rows("2024-03-01")} == {"0": 0, "1": 4}


@pytest.mark.parametrize("count", [1, 40])
def test_a_batch_takes_as_many_statements_as_one(count: int) -> None:
    perform_all(batch(count), at("2024-03-01"))
    moves = [Ask(CODE, "change", SYSTEM, data={"number": str(n), "cases": 9}) for n in range(count)]
    with CaptureQueriesContext(connection) as queries:
        assert perform_all(moves, at("2024-03-02"))
    own = [
        q["sql"] for q in queries if not q["sql"].startswith(("BEGIN", "COMMIT", "SET", "SELECT set_config"))
    ]
    assert len(own) == 7, own


def test_two_writers_enter_one_key_once() -> None:
    def one(_: int) -> bool:
        try:
            return bool(perform(Ask(CODE, "enter", SYSTEM, data=ROW), at("2024-03-01")))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(12))) == [False] * 11 + [True]
    assert Entry.objects.count() == 1


def test_writers_at_once_lose_nothing() -> None:
    entry = enter()

    def one(n: int) -> bool:
        try:
            return bool(ask("change", entry, "2024-03-01", {"cases": n + 1}))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(one, range(20)))
    assert list(Change.objects.filter(entry=entry).order_by("seq").values_list("seq", flat=True)) == list(
        range(21)
    )


def test_personal_data_is_only_in_ciphertext() -> None:
    enter()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_to_json(c)::text FROM registers_change c UNION ALL SELECT row_to_json(v)::text FROM registers_version v"
        )
        text = " ".join(row[0] for row in cursor.fetchall())
    assert "测试甲" not in text
    assert "44010619900101123" not in text
    assert isinstance(Entry.objects.get().id, UUID)
    assert LIST.personal == ("name", "id_no")
