"""A statute knows how it counts."""

from datetime import date

import pytest

from yifa.law.citation import Practice
from yifa.law.statute import Reading, find_statute, statute, statutes

S0 = Reading("S0", "不顺延", Practice("期间不顺延"))
S2 = Reading("S2", "顺延", Practice("有利于被约束的人"))


@pytest.mark.parametrize(
    ("code", "number", "unit"),
    [
        ("L23", 3, "workday"), ("L23", 5, "workday"), ("L23", 7, "workday"), ("L23", 10, "workday"), ("L23", 15, "day"),
        ("L23", 30, "day"), ("L23", 60, "day"),
        ("L17", 3, "day"), ("L17", 5, "workday"), ("L17", 7, "workday"), ("L17", 10, "day"), ("L17", 60, "day"),
        ("REG", 5, "workday"), ("REG", 10, "day"), ("REG", 60, "day"),
        ("APL", 15, "day"), ("APL", 10, "day"),
        ("LAL", 3, "day"), ("LAL", 5, "day"), ("LAL", 7, "day"),
    ],
)  # fmt: skip
def test_which_numbers_are_working_days(code: str, number: int, unit: str) -> None:
    assert statute(code).days(number).unit == unit


@pytest.mark.parametrize(
    ("code", "shift", "source"),
    [
        ("L23", "next", "《民事诉讼法》(2023)第八十五条第三款"),
        ("L17", "next", "《民事诉讼法》(2023)第八十五条第三款"),
        ("APL", "next", "《最高人民法院关于适用《行政诉讼法》的解释》(2018)第四十八条第三款"),
        ("CRPL", "next", "《刑事诉讼法》(2018)第一百零五条第四款"),
        ("LAL", "none", "实务规则（无法条）：法律援助法未规定期间末日顺延"),
    ],
)
def test_what_happens_to_the_last_day(code: str, shift: str, source: str) -> None:
    length = statute(code).days(60)
    assert (length.shift, str(length.shift_source)) == (shift, source)


def test_the_source_of_working_days_is_named() -> None:
    assert str(statute("L23").days(5).unit_source) == "《行政复议法》(2023)第八十八条第二款"
    assert str(statute("L17").days(5).unit_source) == "《行政复议法》(2017)第四十条第二款"
    assert statute("L23").days(60).unit_source is None


@pytest.mark.parametrize(("reading", "shift"), [(S0, "none"), (S2, "next")])
def test_another_reading_of_the_last_day(reading: Reading, shift: str) -> None:
    length = statute("LAL").days(7, shift=reading)
    assert (length.shift, length.reading) == (shift, reading)


def test_other_units_and_printing() -> None:
    apl = statute("APL")
    lengths = [apl.months(6), apl.years(2), apl.hours(24), apl.workdays(10), apl.days(15)]
    assert [str(length) for length in lengths] == ["6个月", "2年", "24小时", "10个工作日", "15日"]
    assert str(apl) == "《行政诉讼法》(2017)"


def test_the_same_rules_with_another_number() -> None:
    sixty = statute("REG").days(60)
    assert sixty.times(45).number == 45
    assert sixty.times(60) == sixty
    assert hash(sixty.times(60)) == hash(sixty)


@pytest.mark.parametrize(
    ("code", "day", "applies"),
    [
        ("L17", date(2023, 12, 31), True), ("L17", date(2024, 1, 1), False), ("L17", date(2017, 8, 31), False),
        ("L23", date(2023, 12, 31), False), ("L23", date(2024, 1, 1), True),
    ],
)  # fmt: skip
def test_in_force(code: str, day: date, applies: bool) -> None:
    assert statute(code).applies_on(day) is applies


@pytest.mark.parametrize(
    ("name", "code"),
    [("L23", "L23"), ("行政复议法@2017", "L17"), ("《行政复议法》", "L23"), ("法律援助法", "LAL")],
)
def test_found_by_name(name: str, code: str) -> None:
    assert find_statute(name).code == code


def test_unknown_names_say_what_there_is() -> None:
    with pytest.raises(KeyError, match="行政复议法@2023"):
        find_statute("没有的法")
    with pytest.raises(KeyError, match="known: L23"):
        statute("NOPE")


def test_every_statute_is_complete() -> None:
    for code, found in statutes().items():
        assert found.code == code
        assert found.title
        assert found.confidence in ("text", "knowledge"), code
        assert found.until is None or found.until > found.in_force, code


def test_a_length_with_another_number_keeps_its_rules_and_is_made_once() -> None:
    sixty = statute("L23").days(60)
    ninety = sixty.times(90)
    assert ninety.number == 90
    assert (ninety.unit, ninety.shift, ninety.shift_source, ninety.origin) == (
        sixty.unit,
        sixty.shift,
        sixty.shift_source,
        "L23",
    )
    assert sixty.times(90) is ninety
    assert sixty.times(60) is sixty
