"""The notices as shipped, and what a year file may not say."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from yifa.law.calendar import YEAR_END_REACH
from yifa.law.calendar_notices import (
    CalendarYear,
    Holiday,
    Notice,
    day_tables,
    makeup_days,
    parse_year,
    shipped_years,
)
from yifa.law.loader import DataError

YEARS = {year.year: year for year in shipped_years()}

# Days off by law for all citizens: 全国年节及纪念日放假办法 art. 2 as of 1999, 2007 and 2024.
STATUTORY_DAYS = {range(2004, 2008): 10, range(2008, 2025): 11, range(2025, 2027): 13}

# Days given beyond these: 3 September 2015; 31 January and 1 February 2020.
EXTRA_DAYS = {2015: 1, 2020: 2}

NUMBERS = {
    2004: ["国办发明电〔2003〕53号"],
    2005: ["国办发明电〔2004〕52号"],
    2006: ["国办发明电〔2005〕35号"],
    2007: ["国办发明电〔2006〕49号"],
    2008: ["国办发明电〔2007〕52号"],
    2009: ["国办发明电〔2008〕42号"],
    2010: ["国办发明电〔2009〕27号"],
    2011: ["国办发明电〔2010〕40号"],
    2012: ["国办发明电〔2011〕45号"],
    2013: ["国办发明电〔2012〕33号"],
    2014: ["国办发明电〔2013〕28号"],
    2015: ["国办发明电〔2014〕28号", "国发明电〔2015〕1号"],
    2016: ["国办发明电〔2015〕18号"],
    2017: ["国办发明电〔2016〕17号"],
    2018: ["国办发明电〔2017〕12号"],
    2019: ["国办发明电〔2018〕15号", "国办发明电〔2019〕3号"],
    2020: ["国办发明电〔2019〕16号", "国办发明电〔2020〕1号"],
    2021: ["国办发明电〔2020〕27号"],
    2022: ["国办发明电〔2021〕11号"],
    2023: ["国办发明电〔2022〕16号"],
    2024: ["国办发明电〔2023〕7号"],
    2025: ["国办发明电〔2024〕12号"],
    2026: ["国办发明电〔2025〕7号"],
}


def test_every_year_has_its_notices() -> None:
    numbers = {year: [notice.number for notice in data.notices] for year, data in YEARS.items()}
    assert numbers == NUMBERS


@pytest.mark.parametrize("year", YEARS.values(), ids=lambda year: str(year.year))
def test_numbers_titles_and_dates_of_issue_fit_together(year: CalendarYear) -> None:
    for notice in year.notices:
        issued = re.fullmatch(r"国办?发明电〔(\d{4})〕\d+号", notice.number or "")
        assert issued
        assert notice.issued is None or notice.issued.year == int(issued[1])
        assert f"{year.year}年" in notice.title or "70周年" in notice.title
    assert f"〔{year.year - 1}〕" in str(year.notices[0].number)


@pytest.mark.parametrize("year", YEARS.values(), ids=lambda year: str(year.year))
def test_weekdays_off_less_days_made_up_are_the_days_the_law_gives(year: CalendarYear) -> None:
    off, made_up = day_tables([year])
    weekdays_off = [day for day in off if date.fromordinal(day).weekday() < 5]
    given = next(days for years, days in STATUTORY_DAYS.items() if year.year in years)
    assert len(weekdays_off) - len(made_up) == given + EXTRA_DAYS.get(year.year, 0)


@pytest.mark.parametrize("year", YEARS.values(), ids=lambda year: str(year.year))
def test_no_notice_reaches_back_further_than_reckoned_with(year: CalendarYear) -> None:
    off, made_up = day_tables([year])
    assert min(off | made_up) >= date(year.year, 1, 1).toordinal() - YEAR_END_REACH
    assert max(off | made_up) <= date(year.year, 12, 31).toordinal() - YEAR_END_REACH


def test_some_notice_reaches_back_just_that_far() -> None:
    assert date(2007, 12, 29) in makeup_days(YEARS[2008].notices[0])


def test_fixed_holidays_are_off_every_year() -> None:
    for year, data in YEARS.items():
        off, _ = day_tables([data])
        fixed = [(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)]
        assert {date(year, month, day).toordinal() for month, day in fixed} <= off.keys(), year


def test_the_one_disputed_day_is_decided_by_the_notice() -> None:
    disputed = [entry for year in YEARS.values() for entry in year.disputed]
    assert [(entry.day, entry.decided) for entry in disputed] == [(date(2005, 12, 31), "workday")]
    assert date(2005, 12, 31) in makeup_days(YEARS[2006].notices[0])


def test_of_two_notices_the_later_prevails() -> None:
    first = _made(Holiday("甲", date(2030, 3, 4), date(2030, 3, 6), (date(2030, 3, 9), date(2030, 3, 10))))
    later = _made(Holiday("乙", date(2030, 3, 9), date(2030, 3, 9), (date(2030, 3, 2),)))
    off, made_up = day_tables([CalendarYear(2030, (first, later))])
    assert {date.fromordinal(day).day: name for day, name in off.items()} == {
        4: "甲",
        5: "甲",
        6: "甲",
        9: "乙",
    }
    assert {date.fromordinal(day).day: name for day, name in made_up.items()} == {10: "甲", 2: "乙"}


def test_a_later_notice_may_have_a_day_off_worked_after_all() -> None:
    first = _made(Holiday("甲", date(2030, 3, 1), date(2030, 3, 3)))
    later = _made(Holiday("乙", date(2030, 3, 5), date(2030, 3, 5), (date(2030, 3, 3),)))
    off, made_up = day_tables([CalendarYear(2030, (first, later))])
    assert date(2030, 3, 3).toordinal() not in off
    assert made_up == {date(2030, 3, 3).toordinal(): "乙"}


def _made(holiday: Holiday) -> Notice:
    return Notice("国办发明电〔2029〕1号", "通知", date(2029, 11, 1), "text", (holiday,))


def _year() -> dict[str, Any]:
    """A year file without fault: 1 to 5 May 2030 (Wednesday to Sunday), Saturday the 11th made up."""
    labour_day = {
        "name": "劳动节",
        "from": date(2030, 5, 1),
        "to": date(2030, 5, 5),
        "makeup": [date(2030, 5, 11)],
    }
    notice = {"number": "国办发明电〔2029〕9号", "title": "通知", "issued": None, "confidence": "text"}
    return {"year": 2030, "notices": [notice | {"holidays": [labour_day]}]}


def test_a_year_file_without_fault_is_read() -> None:
    year = parse_year(_year(), "2030.yaml")
    may = Holiday("劳动节", date(2030, 5, 1), date(2030, 5, 5), (date(2030, 5, 11),))
    assert year == CalendarYear(2030, (Notice("国办发明电〔2029〕9号", "通知", None, "text", (may,)),))
    assert len(may.ordinals()) == 5
    assert list(makeup_days(year.notices[0])) == [date(2030, 5, 11)]


def _set(**values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda year: year["notices"][0]["holidays"][0].update(values)


def _notice(**values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda year: year["notices"][0].update(values)


def _add(first: date, last: date) -> Callable[[dict[str, Any]], None]:
    return lambda year: year["notices"][0]["holidays"].append({"name": "又", "from": first, "to": last})


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda year: year.pop("year"), "KeyError: 'year'"),
        (lambda year: year.update(notices=[]), "no notice"),
        (lambda year: year.update(notices=["x"]), "TypeError"),
        (lambda year: year.update(disputed=[{"day": 1}]), "TypeError"),
        (_notice(confidence="sure"), "unknown confidence 'sure'"),
        (_notice(number=None), "number None does not go with confidence text"),
        (_notice(confidence="unknown"), "does not go with confidence unknown"),
        (_set(makeup=["2030-05-11"]), "AttributeError"),
        (_set(**{"from": date(2029, 5, 1)}), "is not a run of days of the year"),
        (_set(**{"from": date(2029, 11, 30)}), "is not a run of days of the year"),
        (_set(to=date(2030, 4, 30)), "劳动节: 2030-05-01 to 2030-04-30 is not a run of days"),
        (_set(to=date(2031, 1, 1)), "is not a run of days of the year"),
        (_add(date(2030, 5, 5), date(2030, 5, 6)), "劳动节 and 又 overlap"),
        (_set(makeup=[date(2030, 5, 10)]), "2030-05-10 cannot be a make-up day"),
        (_set(makeup=[date(2030, 5, 4)]), "2030-05-04 cannot be a make-up day"),
        (_set(makeup=[date(2031, 5, 4)]), "2031-05-04 cannot be a make-up day"),
    ],
)
def test_a_faulty_year_file_is_refused(spoil: Callable[[dict[str, Any]], object], problem: str) -> None:
    raw = _year()
    spoil(raw)
    with pytest.raises(DataError, match=r"^2030\.yaml: ") as caught:
        parse_year(raw, "2030.yaml")
    assert problem in str(caught.value)


def test_what_is_not_a_mapping_is_refused() -> None:
    with pytest.raises(DataError, match=r"^2030\.yaml: TypeError"):
        parse_year(["year", 2030], "2030.yaml")


def test_every_fault_is_named_at_once() -> None:
    raw = _year()
    _add(date(2030, 5, 3), date(2031, 5, 3))(raw)
    _set(makeup=[date(2030, 5, 7)])(raw)
    with pytest.raises(DataError) as caught:
        parse_year(raw, "2030.yaml")
    assert str(caught.value).count(";") == 2


def test_days_may_lie_in_december_of_the_year_before() -> None:
    raw = _year()
    new_year = date(2029, 12, 31)
    _add(new_year, new_year + timedelta(days=1))(raw)
    assert parse_year(raw, "2030.yaml").notices[0].holidays[1].first == new_year
