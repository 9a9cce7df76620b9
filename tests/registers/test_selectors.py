"""Reading: plain rows for figures, lists as each reader may see them, what is public, look-up by personal columns, files."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.registers.support import CODE, HEAD, SYSTEM, D, ask, at, did, enter
from tests.registers.test_door import batch, organs
from yifa.language.acts import Actor
from yifa.people.models import Access, User
from yifa.people.permissions import Denied, Verb
from yifa.people.services import Refusal, Shown, add_user
from yifa.registers import selectors
from yifa.registers.requests import Ask
from yifa.registers.services import perform, perform_all
from yifa.registers.unmasking import unmask

pytestmark = pytest.mark.django_db(transaction=True)
DAY = D("2024-03-01")


def test_rows_hold_every_column_typed() -> None:
    enter(cases=2, since="2015-05-05", skills=["甲", "乙"])
    (row,) = selectors.rows(CODE, DAY)
    entry, organ, state = row.pop("entry"), row.pop("organ"), row.pop("state")
    assert len(str(entry)) == 36
    assert (organ, state) == ("", "on")
    assert row == {
        "valid_from": D("2020-01-01"), "valid_to": None, "number": "1", "name": None, "id_no": None, "rank": None, "cases": 2,
        "since": D("2015-05-05"), "skills": ["甲", "乙"], "unit": None, "ended_on": None,
    }  # fmt: skip
    (whole,) = selectors.rows(CODE, DAY, personal=True)
    assert (whole["name"], whole["id_no"]) == ("测试甲", "44010619900101123X")


def test_decimals_come_back_as_decimals() -> None:
    data = {"uscc": "31440000MD01234567", "name": "示例所", "form": "partnership", "assets": "100000.50"}
    did(perform(Ask("permits.firms", "enter", SYSTEM, data=data), at("2024-03-01")))
    (row,) = selectors.rows("permits.firms", DAY)
    assert row["assets"] == Decimal("100000.50")


def test_a_stock_and_a_flow() -> None:
    """A stock counts what is valid on the day; a flow also finds what has ended by then, as it stood last."""
    enter(number="1")
    enter(number="2", valid_from="2022-01-01", valid_to="2022-12-31")
    enter(number="3", valid_from="2024-06-01")
    stock = [row["number"] for row in selectors.rows(CODE, DAY)]
    flow = [row["number"] for row in selectors.rows(CODE, DAY, valid=False)]
    assert (stock, sorted(flow)) == (["1"], ["1", "2"])
    begun = [
        row["number"] for row in selectors.rows(CODE, DAY, valid=False) if row["valid_from"].year == 2022
    ]
    assert begun == ["2"]
    assert selectors.counts(DAY) == {CODE: 1}


def test_entries_come_in_the_order_of_their_key() -> None:
    perform_all(list(reversed(batch(9))), at("2024-03-01"))
    assert [row["number"] for row in selectors.rows(CODE, DAY)] == [str(n) for n in range(9)]


def test_rows_take_one_query_however_many() -> None:
    perform_all(batch(30), at("2024-03-01"))
    with CaptureQueriesContext(connection) as queries:
        assert len(list(selectors.rows(CODE, DAY, at("2024-03-02")))) == 30
    assert len([q for q in queries if "registers_version" in q["sql"]]) <= 2  # declared and fetched


READERS = [
    # roles, organ, verb → columns seen, name, id_no
    ({"section_head"}, "gz", Verb.LIST, "all", "测**", "440106********123X"),
    ({"section_head"}, "gz", Verb.EXPORT, "all", "测试甲", "44010619900101123X"),
    ({"section_head"}, "th", Verb.LIST, "public", None, None), ({"superior"}, "sheng", Verb.LIST, "public", None, None),
    ({"bureau"}, "gz", Verb.LIST, "all", "测**", "440106********123X"), ({"bureau"}, "gz", Verb.EXPORT, "public", None, None),
    ({"archivist"}, "gz", Verb.EXPORT, "all", "测**", "440106********123X"),
    ({"statistician"}, "gz", Verb.LIST, "all", "测**", "440106********123X"),
    ({"system_admin"}, "gz", Verb.LIST, "public", None, None), (set(), None, Verb.LIST, "public", None, None),
    ({"system"}, None, Verb.LIST, "all", "测试甲", "44010619900101123X"),
]  # fmt: skip


@pytest.mark.parametrize(("roles", "organ", "verb", "columns", "name", "id_no"), READERS)
def test_who_sees_what(
    roles: set[str], organ: str | None, verb: Verb, columns: str, name: str | None, id_no: str | None
) -> None:
    organs()
    enter(unit="gz")
    (listed,) = selectors.entries(CODE, Actor("7", frozenset(roles), organ), DAY, verb=verb)
    assert len(listed.columns) == (11 if columns == "all" else 2)
    assert (listed.columns.get("name"), listed.columns.get("id_no")) == (name, id_no)


def test_who_stands_over_an_organ_sees_its_entries() -> None:
    organs()
    enter(unit="th")
    for roles, organ, columns in (
        ({"superior"}, "gz", 11),
        ({"organ_head"}, "gz", 11),
        ({"section_head"}, "gz", 2),
    ):
        actor = Actor("7", frozenset(roles), organ)
        assert [len(e.columns) for e in selectors.entries(CODE, actor, DAY)] == [columns]


def test_a_list_takes_two_queries_however_many() -> None:
    organs()
    perform_all(batch(20, unit="gz"), at("2024-03-01"))
    perform_all([Ask(CODE, "change", SYSTEM, data={"number": "3", "unit": "th"})], at("2024-03-01"))
    with CaptureQueriesContext(connection) as queries:
        assert len(list(selectors.entries(CODE, HEAD, DAY))) == 20
    tables = [q["sql"] for q in queries if "registers_version" in q["sql"] or "people_organ" in q["sql"]]
    assert len(tables) <= 3  # the cursor is declared and fetched


def test_the_public_sees_public_columns_of_shown_states() -> None:
    enter(number="1", rank="senior")
    stopped = enter(number="2")
    did(ask("move", stopped, "2024-02-01", move="stop"))
    assert [dict(e.columns) for e in selectors.published(CODE, DAY)] == [{"number": "1", "rank": "senior"}]
    assert len(list(selectors.published(CODE, D("2024-01-31")))) == 2


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"id_no": "44010619900101123x"}, ["1"]), ({"id_no": "440106 19900101 123X"}, ["1"]), ({"name": "测试甲"}, ["1", "2"]),
        ({"name": "测试甲", "rank": "senior"}, ["2"]), ({"rank": "senior"}, ["2"]), ({"id_no": "440106199001011240"}, []),
    ],
)  # fmt: skip
def test_look_up(columns: dict[str, Any], found: list[str]) -> None:
    enter(number="1")
    enter(number="2", id_no="440106199001011256", rank="senior")
    assert sorted(row.data["number"] for row in selectors.find(CODE, DAY, **columns)) == found


def test_a_file_tells_the_whole_history_masked() -> None:
    organs()
    entry = enter(actor=HEAD)
    did(ask("move", entry, "2024-02-01", move="stop", actor=HEAD))
    did(ask("correct", entry, "2024-02-02", {"name": "测试乙"}, HEAD, target=0, reason="笔误"))
    found = selectors.file(entry, HEAD)
    assert found is not None
    assert [(c.kind, c.move, c.state, c.reason) for c in found.changes] == [
        ("enter", "", "在册", ""),
        ("move", "停用", "停用", ""),
        ("correct", "", "", "笔误"),
    ]
    assert [c.columns.get("name") for c in found.changes] == ["测**", None, "测**"]
    assert [(s.state, s.data["name"]) for s in found.spans] == [("on", "测**"), ("off", "测**")]
    whole = selectors.file(entry, SYSTEM)
    assert whole is not None
    assert [s.data["name"] for s in whole.spans] == ["测试乙", "测试乙"]


def test_a_file_is_not_for_everybody() -> None:
    organs()
    entry = enter(actor=HEAD)
    assert selectors.file(entry, Actor("7", frozenset({"section_head"}), "th")) is None
    assert selectors.file(uuid4(), SYSTEM) is None


# ------------------------------------------------------------------------------ one value whole


def test_a_value_is_shown_whole_by_right_with_a_reason_and_on_record() -> None:
    organs()
    user = add_user("zhang", "测试丙")
    assert isinstance(user, User)
    entry = enter(unit="gz")
    head = Actor(str(user.pk), frozenset({"section_head"}), "gz")
    shown = unmask(entry, "id_no", head, "核对身份", at("2024-03-01"))
    assert isinstance(shown, Shown)
    assert shown.value == "44010619900101123X"
    (record,) = Access.objects.all()
    assert (record.case, record.field, record.reason) == (str(entry), "test.list.id_no", "核对身份")
    assert unmask(entry, "id_no", head, " ", at("2024-03-01")) == Refusal("reason")
    stranger = Actor(str(user.pk), frozenset({"section_head"}), "th")
    assert unmask(entry, "id_no", stranger, "好奇", at("2024-03-01")) == Denied("case")
    assert unmask(entry, "rank", head, "核对", at("2024-03-01")) is None
    assert unmask(uuid4(), "id_no", head, "核对", at("2024-03-01")) is None
    did(ask("annul", entry, "2024-03-02", target=0, reason="误录"))
    gone = unmask(entry, "id_no", head, "核对", at("2024-03-02"))
    assert isinstance(gone, Shown)
    assert gone.value == ""
    assert Access.objects.count() == 2
