"""Every figure: equal to the script's own tally, to a second computation, and on both engines."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.statistics import oracle
from tests.statistics.conftest import CUT
from tests.statistics.play import AGENCIES, REVIEWERS, Play
from yifa import registry
from yifa.language.indicators import Col, Count, Indicator, ParameterAt, Ratio, Sum
from yifa.statistics.catalogue import Named, catalogue, find
from yifa.statistics.figures import Figure, by_dimension, compute, compute_all, number, quotient
from yifa.statistics.lake import Snapshot
from yifa.statistics.live import Live, live
from yifa.statistics.period import Period, year

pytestmark = pytest.mark.django_db
Y2023 = year(2023)
COMPUTED = [
    named for named in catalogue().values()
    if named.parts and not any(part.source.startswith("register:") for part in named.parts)
]  # fmt: skip
SPLIT = [(named, dimension) for named in COMPUTED for dimension in named.indicator.dimensions]


@pytest.fixture(scope="module")
def engine(year: Play) -> Iterator[Live]:
    with live(CUT, year.world) as found:
        yield found


@pytest.fixture(scope="module")
def figures(engine: Live) -> dict[str, Figure]:
    return compute(engine, catalogue().values(), Y2023)


@pytest.fixture(scope="module")
def derived(year: Play) -> dict[str, dict[str, list[oracle.Row]]]:
    return {code: oracle.rows(registry.line(code), CUT, year.world) for code in registry.known()}


def pair(figure: Figure) -> tuple[Decimal | None, ...]:
    return (figure.numerator, figure.denominator) if figure.is_rate else (figure.value,)


@pytest.mark.parametrize(
    ("name", "tallied"),
    [
        ("reconsideration.new_applications", ["new_applications"]), ("reconsideration.accepted", ["accepted"]),
        ("reconsideration.concluded", ["concluded"]), ("reconsideration.resolved_rate", ["resolved", "window_over"]),
        ("reconsideration.correction_rate", ["corrects", "concluded"]), ("reconsideration.mediation_rate", ["settled", "concluded"]),
        ("reconsideration.sued_rate", ["sued", "concluded"]), ("reconsideration.court_loss_rate", ["lost", "court"]),
        ("reconsideration.on_time_rate", ["on_time", "concluded"]), ("reconsideration.hearing_count", ["hearing"]),
        ("reconsideration.opinion_feedback_rate", ["feedback", "feedback"]), ("legal_aid.legal_aid_cases", ["aid"]),
        ("legal_aid.duty_help_cases", ["duty"]), ("legal_aid.legal_aid_consultations", ["persons"]),
        ("legal_aid.legal_aid_migrant_workers", ["migrant"]), ("legal_aid.legal_aid_citywide_cases", ["citywide"]),
        ("legal_aid.review_on_time", ["review_met", "review"]),
    ],
)  # fmt: skip
def test_figures_are_what_the_script_did(
    figures: dict[str, Figure], year: Play, name: str, tallied: list[str]
) -> None:
    assert year.tally[tallied[0]] > 0
    assert pair(figures[name]) == tuple(year.tally[key] for key in tallied)


@pytest.mark.parametrize("named", COMPUTED, ids=lambda n: n.name)
def test_figures_are_what_a_second_computation_gives(
    figures: dict[str, Figure], derived: dict[str, dict[str, list[oracle.Row]]], named: Named
) -> None:
    assert pair(figures[named.name]) == oracle.expected(named, derived[named.line.code], Y2023)


@pytest.mark.parametrize("named", catalogue().values(), ids=lambda n: n.name)
def test_both_engines_give_the_same(figures: dict[str, Figure], snapshot: Snapshot, named: Named) -> None:
    other = compute(snapshot, [named], Y2023)[named.name]
    assert other == figures[named.name]
    assert other.check_code == figures[named.name].check_code


@pytest.mark.parametrize(("named", "dimension"), SPLIT, ids=lambda v: getattr(v, "name", v))
def test_both_engines_split_alike_and_nothing_is_lost(
    engine: Live, snapshot: Snapshot, figures: dict[str, Figure], named: Named, dimension: str
) -> None:
    found = by_dimension(engine, named, Y2023, dimension)
    assert by_dimension(snapshot, named, Y2023, dimension) == found
    several = dimension in ("groups", "respondent")
    for index, whole in enumerate(pair(figures[named.name])):
        parts = sum((pair(figure)[index] or Decimal(0) for _, figure in found), Decimal(0))
        assert parts == whole or (several and parts > (whole or 0)), dimension


def test_who_has_several_values_counts_in_each(engine: Live) -> None:
    found = dict(by_dimension(engine, find("legal_aid.legal_aid_special_groups"), Y2023, "groups"))
    whole = compute(engine, [find("legal_aid.legal_aid_special_groups")], Y2023)[
        "legal_aid.legal_aid_special_groups"
    ]
    assert found["migrant_worker"].value == whole.value
    assert 0 < (found["woman"].value or 0) < (whole.value or 0)
    assert found["woman"].of == ("groups", "woman")


def test_by_organ_and_by_district(engine: Live) -> None:
    named = find("reconsideration.new_applications")
    assert {key for key, _ in by_dimension(engine, named, Y2023, "organ")} == set(REVIEWERS)
    assert [key for key, _ in by_dimension(engine, named, Y2023, "district")] == [
        "440100",
        "440106",
        "440111",
    ]


def test_only_named_dimensions_split(engine: Live) -> None:
    with pytest.raises(KeyError, match="不能按“stage”分列"):
        by_dimension(engine, find("reconsideration.accepted"), Y2023, "stage")


def test_a_scope_of_organs(engine: Live, snapshot: Snapshot, figures: dict[str, Figure]) -> None:
    for line, organs in (("reconsideration", REVIEWERS), ("legal_aid", AGENCIES)):
        wanted = [named for named in COMPUTED if named.line.code == line]
        parts = [compute(engine, wanted, Y2023, [organ]) for organ in organs]
        assert parts[1] == compute(snapshot, wanted, Y2023, [organs[1]])
        for named in wanted:
            sums = tuple(
                sum(pair(part[named.name])[i] or 0 for part in parts)
                for i in range(len(pair(parts[0][named.name])))
            )
            assert sums == pair(figures[named.name]), named.name
    assert all(f.value in (None, 0) for f in compute(engine, COMPUTED, Y2023, []).values())


def test_last_year_beside_this_in_no_more_queries(engine: Live) -> None:
    with CaptureQueriesContext(connection) as one:
        compute(engine, COMPUTED, Y2023)
    with CaptureQueriesContext(connection) as two:
        both = compute_all(engine, COMPUTED, (Y2023, Y2023.before))
    assert len(one) == len(two) == len({(n.line.code, p.source) for n in COMPUTED for p in n.parts})
    assert both[year(2022)]["reconsideration.new_applications"].value == 0
    assert both[Y2023]["reconsideration.new_applications"].value == 90


# ------------------------------------------------------------------------------------------ what stands in a figure


def made(figure: Any, line: str = "reconsideration") -> Named:
    return Named(registry.line(line), Indicator("made", "试", "试用的定义", figure))


def test_a_denominator_of_nothing_shows_a_dash(engine: Live, snapshot: Snapshot) -> None:
    nobody = Count("cases", "concluded_on", Col("outcome").eq("无"))
    for source in (engine, snapshot):
        figure = compute(source, [made(Ratio(nobody, nobody))], Y2023)["reconsideration.made"]
        assert (figure.value, figure.shown, figure.denominator, figure.missing) == (None, "—", 0, "")


def test_a_sum_of_nothing_is_nought(engine: Live, snapshot: Snapshot) -> None:
    nothing = made(Sum("cases", "persons", "consulted_on", Col("kind").eq("无")), "legal_aid")
    assert compute(engine, [nothing], Y2023)["legal_aid.made"].shown == "0"
    assert compute(snapshot, [nothing], Y2023)["legal_aid.made"].shown == "0"


@pytest.mark.parametrize(
    ("above", "below", "shown"),
    [(1, 3, "33.33"), (2, 3, "66.67"), (1, 8, "12.50"), (12345, 100000, "12.35"), (0, 5, "0.00")],
)
def test_rates_are_rounded_half_up(above: int, below: int, shown: str) -> None:
    nobody = Count("cases", None)
    assert str(quotient(Ratio(nobody, nobody), Decimal(above), Decimal(below))) == shown


def test_numbers_without_idle_zeros() -> None:
    assert [f"{number(v):f}" for v in (100, Decimal("7.00"), Decimal("2.50"))] == ["100", "7", "2.5"]
    assert number(None) is None


def test_a_parameter_has_the_value_of_the_last_day(engine: Live) -> None:
    named = find("legal_aid.legal_aid_hardship_standard")
    both = compute_all(engine, [named], (Y2023, year(2024), year(2019)))
    assert [both[p][named.name].shown for p in both] == ["3202", "3354", "—"]
    assert both[year(2019)][named.name].missing == "期末没有有效的参数值"
    assert isinstance(named.indicator.figure, ParameterAt)


def test_a_register_that_is_not_kept_gives_no_nought(figures: dict[str, Figure]) -> None:
    figure = figures["legal_aid.one_plus_one_volunteers"]
    assert (figure.value, figure.shown, figure.missing) == (None, "—", "名录没有记录：“1+1”志愿律师")


def test_the_check_code_says_everything_the_figure_rests_on(
    engine: Live, figures: dict[str, Figure], year: Play
) -> None:
    named = find("reconsideration.concluded")
    code = figures[named.name].check_code
    again = compute(Live(CUT, year.world), [named], Y2023)[named.name]
    assert again.check_code == code
    assert len(code) == 9
    other = compute(engine, [named], Period(date(2023, 1, 2), date(2023, 12, 31)))[named.name]
    assert (other.value, other.check_code == code) == (again.value, False)
    assert len({figure.check_code for figure in figures.values()}) == len(figures)


def test_unknown_indicators_are_named_with_what_there_is() -> None:
    with pytest.raises(KeyError, match=r"没有指标“reconsideration\.nothing”.*reconsideration\.accepted"):
        find("reconsideration.nothing")


def test_periods() -> None:
    assert Y2023.title == "2023年"
    half = Period(date(2024, 2, 29), date(2024, 6, 30))
    assert half.title == "2024年2月29日至2024年6月30日"
    assert half.before == Period(date(2023, 2, 28), date(2023, 6, 30))
