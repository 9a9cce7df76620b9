"""A figure is held to be as exact as it is written."""

from datetime import date
from decimal import Decimal

import pytest

from yifa.language.messages import catalogue
from yifa.statistics.checker.figures import Op, figures
from yifa.statistics.checker.judge import judge
from yifa.statistics.checker.sources import Known


class Table:
    """A source made of a table: year → value."""

    title = "记录"
    known_at: date | None = date(2024, 1, 31)

    def __init__(self, values: dict[int, str], op: Op = "=") -> None:
        self.values, self.op = values, op

    def known(self, key: str, year: int) -> Known:
        value = self.values.get(year)
        if value is None:
            return Known(None, because="no_records", params={"year": year})
        return Known(Decimal(value), self.op)


# as written, what is known, verdict, code
EXACT = [
    ("8642件", "8642", "right", "equal"),
    ("8642件", "8643", "wrong", "differs"),
    ("9.22万人次", "92150", "right", "equal"),
    ("9.22万人次", "92249", "right", "equal"),
    ("9.22万人次", "92250", "wrong", "differs"),
    ("9.22万人次", "92149", "wrong", "differs"),
    ("97.42%", "97.415", "right", "equal"),
    ("97.42%", "97.4149", "wrong", "differs"),
    ("100%", "99.6", "right", "equal"),
    ("100.0%", "99.6", "wrong", "differs"),
    ("410万余宗", "4100001", "right", "above"),
    ("410万余宗", "4100000", "wrong", "not_above"),
    ("1000余件", "1500", "right", "far_above"),
    ("1000余件", "1499", "right", "above"),
    ("超八成", "80", "wrong", "not_above"),
    ("超八成", "80.01", "right", "above"),
    ("50人以上", "50", "right", "above"),
    ("50人以上", "49", "wrong", "not_above"),
    ("近1.2万件", "12000", "right", "below"),
    ("近1.2万件", "11400", "right", "below"),
    ("近1.2万件", "12001", "wrong", "not_below"),
    ("近1.2万件", "11399", "wrong", "not_below"),
    ("约300人", "315", "right", "about"),
    ("约300人", "316", "wrong", "not_about"),
    ("排名全省第二", "2", "right", "equal"),
    ("排名全省第二", "3", "wrong", "differs"),
]  # fmt: skip
BOUNDS: list[tuple[str, str, Op, str]] = [
    ("410万余宗", "4100000", ">", "right"), ("400万余宗", "4100000", ">", "right"), ("420万余宗", "4100000", ">", "wrong"),
    ("4100000宗", "4100000", ">", "wrong"), ("4123456宗", "4100000", ">", "unchecked"), ("4000000宗", "4100000", ">", "wrong"),
    ("近4400套", "4400", "~", "right"), ("近4300套", "4400", "~", "wrong"), ("4390套", "4400", "~", "unchecked"),
    ("4401套", "4400", "~", "wrong"), ("50人以上", "50", ">=", "right"), ("50人", "50", ">=", "unchecked"),
    ("约300人", "300", "≈", "right"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "known", "verdict", "code"), EXACT)
def test_against_a_known_number(text: str, known: str, verdict: str, code: str) -> None:
    found = judge(figures(text)[0], "k", 2023, Table({2023: known}))
    assert (found.verdict, found.code) == (verdict, code)
    assert found.text
    assert "{" not in found.text


@pytest.mark.parametrize(("text", "known", "op", "verdict"), BOUNDS)
def test_against_a_bound(text: str, known: str, op: Op, verdict: str) -> None:
    found = judge(figures(text)[0], "k", 2023, Table({2023: known}, op))
    assert found.verdict == verdict
    assert found.text


@pytest.mark.parametrize(
    ("values", "verdict", "code"),
    [
        ({2023: "20400", 2022: "19800", 2021: "17000"}, "right", "first_time"),
        ({2023: "20400", 2022: "20000"}, "right", "first_time"),
        ({2023: "20400", 2022: "19800", 2021: "20001"}, "wrong", "not_first_time"),
        ({2023: "20400"}, "unchecked", "first_unknown"),
        ({2023: "19999", 2022: "100"}, "wrong", "not_above"),
    ],
)
def test_the_first_time(values: dict[int, str], verdict: str, code: str) -> None:
    found = judge(figures("首次突破2万人")[0], "k", 2023, Table(values))
    assert (found.verdict, found.code) == (verdict, code)


def test_without_records_it_says_why() -> None:
    found = judge(figures("8642件")[0], "k", 2023, Table({}))
    assert (found.verdict, found.code) == ("unchecked", "no_source")
    assert found.text == "没有可供核对的记录：没有2023年的记录"


def test_what_is_wrong_says_what_is_right() -> None:
    found = judge(figures("9.22万人次")[0], "k", 2023, Table({2023: "93000"}))
    assert found.text == "与记录不一致：文稿为9.22万人次，应为93000人次"


def test_every_message_renders() -> None:
    for code, message in catalogue("yifa.statistics.checker").items():
        assert message.text.count("{") == message.text.count("}"), code
