"""From a figure to its cases: as many rows as the figure says, page by page, and only what the reader may see."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.statistics.conftest import CUT
from tests.statistics.play import Play
from yifa.language.acts import Actor
from yifa.people.models import Conflict, Organ
from yifa.people.permissions import Verb
from yifa.people.services import add_user
from yifa.statistics.access import cases_to_avoid, organs_where
from yifa.statistics.catalogue import catalogue, find
from yifa.statistics.drill import PAGE, Page, behind, parts_behind
from yifa.statistics.figures import by_dimension, compute
from yifa.statistics.lake import Snapshot
from yifa.statistics.live import Live, live
from yifa.statistics.period import year as of_year

pytestmark = pytest.mark.django_db
Y2023 = of_year(2023)
COUNTED = [
    n for n in catalogue().values() if n.parts and not any(p.source.startswith("register:") for p in n.parts)
]
NEW = find("reconsideration.new_applications")


@pytest.fixture
def organs(year: Play) -> None:
    """The city's organs as accounts know them."""
    made: dict[str, Any] = {"level": "city", "kind": "government", "valid_from": date(2000, 1, 1)}
    city = Organ.objects.create(code="gz-gov", name="测试市政府", **made)
    for code in ("440106-gov", "440111-gov", "gz-sfj", "gz-scj"):
        Organ.objects.create(code=code, name=code, parent=city, **made)
    for code in ("gz-aid", "440106-aid", "440113-aid"):
        Organ.objects.create(code=code, name=code, parent_id="gz-sfj", **made)


@pytest.fixture
def engine(year: Play) -> Iterator[Live]:
    with live(CUT, year.world) as found:
        yield found


def statistician(organ: str = "gz-gov") -> Actor:
    return Actor("1", frozenset({"statistician"}), organ)


def every_page(engine: Any, named: Any, actor: Actor, **more: Any) -> list[Any]:
    first: Page = behind(engine, named, Y2023, actor, **more)
    rows = list(first.rows)
    for page in range(2, first.pages + 1):
        rows += behind(engine, named, Y2023, actor, page=page, **more).rows
    assert len(rows) == first.visible
    return rows


@pytest.mark.parametrize("named", COUNTED, ids=lambda n: n.name)
def test_there_are_as_many_rows_as_the_figure_says(
    organs: None, engine: Live, snapshot: Snapshot, named: Any
) -> None:
    figure = compute(engine, [named], Y2023)[named.name]
    sides = (
        (("numerator", figure.numerator), ("denominator", figure.denominator))
        if figure.is_rate
        else (("numerator", figure.value),)
    )
    for which, amount in sides:
        rows = every_page(engine, named, statistician(), which=which)
        if named.name != "legal_aid.legal_aid_consultations":  # a sum of persons over fewer rows
            assert len(rows) == amount, which
        assert rows == every_page(snapshot, named, statistician(), which=which)


def test_a_row_leads_to_its_case(organs: None, engine: Live, year: Play) -> None:
    page = behind(engine, NEW, Y2023, statistician())
    row = page.rows[0]
    assert UUID(row.case) in year.cases
    assert (row.day, row.number, row.stage, row.what) == (
        date(2023, 1, 4),
        "穗府行复〔2023〕1号",
        row.stage,
        "",
    )
    assert (page.total, page.visible, page.pages, len(page.rows)) == (90, 90, 2, PAGE)
    assert [r.day for r in page.rows] == sorted(r.day for r in page.rows if r.day)


def test_acts_and_periods_say_what_they_are(organs: None, engine: Live) -> None:
    held = behind(engine, find("reconsideration.hearing_count"), Y2023, statistician()).rows
    assert {row.what for row in held} == {"举行听证"}
    assert len({row.case for row in held}) == len(held) == 10
    due = behind(engine, find("legal_aid.review_on_time"), Y2023, statistician(), "denominator").rows
    assert {row.what for row in due} == {"审查决定：按期", "审查决定：逾期完成", "审查决定：逾期未完成"}


def test_one_value_of_a_dimension(organs: None, engine: Live, snapshot: Snapshot) -> None:
    for named, dimension in (
        (NEW, "district"),
        (NEW, "respondent"),
        (NEW, "act_category"),
        (find("legal_aid.legal_aid_special_groups"), "groups"),
    ):
        for key, figure in by_dimension(engine, named, Y2023, dimension):
            for source in (engine, snapshot):
                assert len(every_page(source, named, statistician(), only=(dimension, key))) == figure.value


def test_one_month(organs: None, engine: Live) -> None:
    disputes = find("reconsideration.hearing_count")
    page = behind(engine, disputes, Y2023, statistician(), only=("month", "2023-02"))
    assert {row.day.month for row in page.rows if row.day} == {2}


def test_pages_beyond_the_last_are_empty(organs: None, engine: Live) -> None:
    assert behind(engine, NEW, Y2023, statistician(), page=9).rows == ()


def test_a_parameter_has_nothing_behind_it(organs: None, engine: Live) -> None:
    named = find("legal_aid.legal_aid_hardship_standard")
    assert parts_behind(named) == ()
    assert behind(engine, named, Y2023, statistician()) == Page((), 0, 0, 1)


# ------------------------------------------------------------------------------------------ who may see what


def test_a_district_sees_its_own_and_how_many_it_does_not(organs: None, engine: Live) -> None:
    page = behind(engine, NEW, Y2023, statistician("440106-gov"))
    assert (page.total, page.visible, page.hidden) == (90, 30, 60)
    assert {row.organ for row in page.rows} == {"440106-gov"}


@pytest.mark.parametrize(
    ("role", "organ", "seen"),
    [("statistician", "gz-gov", 90), ("handler", "440106-gov", 30), ("section_head", "440111-gov", 30), ("system_admin", "gz-gov", 0),
     ("aid_person", "gz-gov", 0), ("organ_head", "gz-gov", 90), ("clerk", "gz-aid", 0)],
)  # fmt: skip
def test_roles(organs: None, engine: Live, role: str, organ: str, seen: int) -> None:
    page = behind(engine, NEW, Y2023, Actor("1", frozenset({role}), organ))
    assert (page.total, page.visible) == (90, seen)


def test_who_must_stay_out_does_not_even_see_it_in_a_list(organs: None, engine: Live, year: Play) -> None:
    user = add_user("li", "测试李", "long-enough-password-1")
    case = year.cases[0]
    made: dict[str, Any] = {"user": user, "ground": "近亲属", "declared_at": timezone.now()}
    Conflict.objects.create(id=uuid4(), case=case, **made)
    Conflict.objects.create(id=uuid4(), organ_id="gz-scj", **made)
    actor = Actor(str(user.pk), frozenset({"statistician"}), "gz-gov")
    rows = every_page(engine, NEW, actor)
    avoided = set(cases_to_avoid(actor))
    assert str(case) in avoided
    assert len(rows) == 90 - len(avoided) < 50
    assert not avoided & {row.case for row in rows}
    Conflict.objects.all().update(withdrawn_at=timezone.now())
    assert cases_to_avoid(actor) == []


def test_organs_are_those_below_ones_own(organs: None) -> None:
    assert organs_where(statistician("gz-sfj"), Verb.LIST) == {"gz-sfj", "gz-aid", "440106-aid", "440113-aid"}
    assert organs_where(statistician("nowhere"), Verb.LIST) == {"nowhere"}
    assert organs_where(Actor("1", frozenset({"statistician"})), Verb.LIST) == set()


def test_a_page_costs_the_same_whatever_it_holds(organs: None, engine: Live) -> None:
    behind(engine, NEW, Y2023, statistician())  # what is known of the cut-off is read once
    counts = []
    for page in (1, 2):
        with CaptureQueriesContext(connection) as queries:
            behind(engine, NEW, Y2023, statistician(), page=page)
        counts.append(len(queries))
    assert counts == [6, 6]


def test_sums_open_to_what_was_added_up(organs: None, engine: Live) -> None:
    named = find("legal_aid.legal_aid_consultations")
    assert compute(engine, [named], Y2023)[named.name].value == Decimal(36)
    assert behind(engine, named, Y2023, statistician()).total == 18
