"""What an indicator may use stands in one table; whatever does not fit is told, all of it, before anything is computed."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pytest

from tests.kernel_line import TEST_LINE
from tests.language.test_validation import errors, line, register
from yifa.language.indicators import (
    Col,
    Column,
    Count,
    Indicator,
    ParameterAt,
    Ratio,
    Sum,
    Total,
    columns_of,
    parts_of,
)
from yifa.language.records import Entry, Register
from yifa.language.sources import columns, kind_of, part_errors, register_columns

DUE = f"{TEST_LINE.clocks[0].code}_due"
FACT = next(name for action in TEST_LINE.actions for name in action.sets)


class Row(Entry):
    name: str
    code: str = ""
    year: int = 0
    share: Decimal | None = None
    active: bool = True
    since: date | None = None
    tags: tuple[str, ...] = ()
    level: Literal["a", "b"] = "a"


def told(figure: Any, *dimensions: str, **changes: Any) -> str:
    indicators = (Indicator("i", "i", "定义", figure, dimensions=dimensions),)
    return errors(indicators=indicators, registers=(register(),), **changes)


def test_a_case_offers_common_columns_its_facts_and_its_clocks() -> None:
    known = columns(line(columns=(Column(FACT, "text", "事实"),)), "cases")
    assert known is not None
    assert {"case", "organ", "district", "stage", FACT, DUE, DUE.replace("_due", "_open")} <= known.keys()
    assert known[DUE].kind == "date"
    assert known[DUE].title == f"{TEST_LINE.clocks[0].title}到期日"


def test_acts_and_clocks_see_the_columns_of_their_case() -> None:
    for source, own in (("acts", "action"), ("clocks", "status")):
        known = columns(TEST_LINE, source)
        assert known is not None
        assert {own, "organ"} <= known.keys()


def test_no_such_source() -> None:
    assert columns(TEST_LINE, "moons") is None
    assert columns(TEST_LINE, "register:moons") is None


def test_columns_of_a_register_without_personal_ones() -> None:
    people = Register("people", "名册", Row, ("code",), {"on": "在册"}, (), ("clerk",), personal=("name",))
    known = register_columns(people)
    assert {name: column.kind for name, column in known.items()} == {
        "organ": "text", "district": "text", "valid_from": "date", "valid_to": "date", "code": "text", "year": "number", "share": "number", "active": "flag",
        "since": "date", "tags": "texts", "level": "text", "state": "text",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("annotation", "kind"),
    [
        (bool, "flag"),
        (int, "number"),
        (date | None, "date"),
        (tuple[str, ...], "texts"),
        (str, "text"),
        (Any, "text"),
        (dict[str, str], "text"),
    ],
)
def test_kinds(annotation: Any, kind: str) -> None:
    assert kind_of(annotation) == kind


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (Column("ghost", "text", "无"), "column ghost: is a fact that no act or effect sets"),
        (Column("organ", "text", "机关"), "column organ: is declared twice"),
    ],
)
def test_columns_that_cannot_be(column: Column, expected: str) -> None:
    assert expected in errors(columns=(column,))


@pytest.mark.parametrize(
    ("figure", "dimensions", "expected"),
    [
        (Count("cases", None), (), "counts a stock of cases, which only registers have"),
        (Count("cases", "ghost"), (), "names unknown column 'ghost'"),
        (Count("cases", "organ"), (), "takes 'organ' for a date, but it is a text"),
        (Count("cases", DUE, distinct="ghost"), (), "names unknown column 'ghost'"),
        (Count("cases", DUE), ("ghost",), "names unknown column 'ghost'"),
        (Count("register:r", None), ("month",), "names unknown column 'month'"),
        (Sum("cases", "organ", DUE), (), "takes 'organ' for a number, but it is a text"),
        (Count("cases", DUE, Col("ghost").is_null()), (), "names unknown column 'ghost'"),
        (Count("cases", DUE, Col("organ").eq(1)), (), "compares 'organ', a text, with 1"),
        (Count("cases", DUE, Col("closed").eq("yes")), (), "compares 'closed', a flag, with 'yes'"),
        (Count("acts", "effective_on", Col("seq").eq(True)), (), "compares 'seq', a number, with True"),
        (Count("cases", DUE, Col("organ").one_of("a", None)), (), "compares 'organ', a text, with None"),
        (Count("cases", DUE, Col(DUE).ge(Col("organ"))), (), "takes 'organ' for a date, but it is a text"),
        (Count("cases", DUE, ~(Col("organ").eq("a") | Col("ghost").eq("b"))), (), "names unknown column 'ghost'"),
        (Total((Count("cases", "ghost"), Count("moons", None))), (), "counts unknown source 'moons'"),
        (ParameterAt("ghost"), (), "reads unknown parameter 'ghost'"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(figure: Any, dimensions: tuple[str, ...], expected: str) -> None:
    assert f"indicator i: {expected}" in told(figure, *dimensions)


def test_everything_at_once() -> None:
    text = told(
        Ratio(Count("cases", "ghost"), Count("moons", None)), columns=(Column("organ", "text", "机关"),)
    )
    assert text.startswith("test: 4 error(s)\n")


def test_what_fits_loads() -> None:
    where = (Col("organ").eq("a") & Col(DUE).not_null() & Col("closed").eq(False)) | Col(DUE).lt(
        date(2024, 1, 1)
    )
    figures = (
        Ratio(Count("cases", DUE, where, "number"), Count("cases", DUE)), Count("register:r", None),
        Sum("acts", "seq", "effective_on", Col("seq").one_of(1, Decimal(2))), Count("register:other.ghosts", None),
    )  # fmt: skip
    indicators = tuple(Indicator(f"i{n}", "i", "定义", figure) for n, figure in enumerate(figures))
    assert line(indicators=indicators, registers=(register(),)).indicators == indicators


def test_a_stock_of_a_register_needs_no_date() -> None:
    known = register_columns(Register("r", "r", Row, ("code",), {"on": "在册"}, (), ("clerk",)))
    assert list(part_errors(Count("register:r", None, Col("active").eq(True)), ("level",), known)) == []


def test_everything_with_a_date_can_be_split_by_month() -> None:
    assert line(
        indicators=(Indicator("i", "i", "定义", Count("cases", DUE), dimensions=("month",)),)
    ).indicators


def test_parts_and_columns_of_figures() -> None:
    one, two = Count("cases", "a", Col("b").is_null(), "c"), Sum("cases", "d", None)
    assert parts_of(Ratio(Total((one, two)), two)) == (one, two, two)
    assert parts_of(ParameterAt("x")) == ()
    assert parts_of(one) == (one,)
    assert columns_of(Ratio(Total((one, two)), one)) == {"a", "b", "c", "d"}
