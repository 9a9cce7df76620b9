"""A city as data: what Guangzhou holds, who reviews whom, numbers, parameters, and every mistake at once."""

import copy
import re
from datetime import date
from typing import Any

import pytest

from tests.kernel_line import TEST_LINE
from yifa import registry
from yifa.city.env import ParameterClashError, environment, merge
from yifa.city.load import CityError, build, load
from yifa.city.model import City
from yifa.city.read import FILES
from yifa.city.routes import reviewers, successor
from yifa.language.line import Line
from yifa.language.records import ParameterDeclaration, ParameterValue
from yifa.law.calendar import standard_calendar
from yifa.law.loader import DataError, load_yaml

GUANGZHOU = load("guangzhou")
D23, D24 = date(2023, 6, 1), date(2024, 6, 1)


# ------------------------------------------------------------------------------------------ Guangzhou


def test_the_eleven_districts_each_have_what_the_lines_need() -> None:
    assert [d.name for d in GUANGZHOU.districts] == [
        "越秀区", "海珠区", "荔湾区", "天河区", "白云区", "黄埔区", "番禺区", "花都区", "南沙区", "从化区", "增城区",
    ]  # fmt: skip
    for district in GUANGZHOU.districts:
        kinds = {o.kind for o in GUANGZHOU.organs.values() if o.seat == district.code}
        assert {
            "government",
            "justice",
            "department",
            "legal_aid",
            "dispatched_body",
            "dispatched_organ",
        } <= kinds
        assert re.fullmatch(r"4401\d\d", district.code)


def test_there_are_twelve_legal_aid_agencies() -> None:
    agencies = GUANGZHOU.of_kind("legal_aid", D24)
    assert len(agencies) == 12
    assert agencies[0].name == "广州市法律援助处"


def test_every_agency_and_justice_bureau_has_a_window() -> None:
    with_window = {w.organ for w in GUANGZHOU.windows}
    for kind in ("legal_aid", "justice"):
        own = {o.code for o in GUANGZHOU.of_kind(kind) if o.level != "province"}
        assert own <= with_window, own - with_window


@pytest.mark.parametrize(
    ("series", "organ", "number"),
    [
        ("reconsideration.case", "gz-gov", "穗府行复〔2024〕123号"),
        ("reconsideration.case", "440106-gov", "穗天府行复〔2024〕123号"),
        ("reconsideration.case", "440118-sfj", "穗增府行复〔2024〕123号"),
        ("reconsideration.opinion", "440104-gov", "穗越府行复意〔2024〕123号"),
        ("legal_aid.case", "gz-aid", "穗法援〔2024〕123号"),
        ("legal_aid.case", "440103-aid", "穗荔法援〔2024〕123号"),
        ("mediation.case", "440106-s1", "穗天石牌调登〔2024〕123号"),
        ("mediation.agreement", "440118-t1", "穗增新塘调协〔2024〕123号"),
    ],
)
def test_numbers(series: str, organ: str, number: str) -> None:
    assert GUANGZHOU.number(series, organ, 2024, 123) == number


def test_no_two_organs_give_the_same_case_number() -> None:
    kinds = ("government", "legal_aid", "dispatched_organ")
    organs = [o.code for kind in kinds for o in GUANGZHOU.of_kind(kind)]
    prefixes = [GUANGZHOU.prefixes[o] for o in organs if o in GUANGZHOU.prefixes]
    places = [o for o in GUANGZHOU.organs.values() if o.level == "town"]
    assert len(set(prefixes)) == len(prefixes) == 24 + len(places)
    pattern = re.compile(r"^[一-龥]{1,8}行复〔20\d{2}〕[1-9]\d*号$")
    for kind in ("government", "justice"):
        for organ in GUANGZHOU.of_kind(kind):
            if organ.code in GUANGZHOU.prefixes:
                assert pattern.match(GUANGZHOU.number("reconsideration.case", organ.code, 2023, 1))


def test_organs_are_found_by_code_and_by_name() -> None:
    assert GUANGZHOU.organ("440106-scj").name == "广州市天河区市场监督管理局"
    found = GUANGZHOU.find("广州市增城区新塘镇人民政府")
    assert found is not None
    assert (found.kind, found.level, found.parent) == ("government", "town", "440118-gov")
    assert GUANGZHOU.find("月球司法局") is None
    with pytest.raises(KeyError, match="广州市没有代码为“moon”的机关"):
        GUANGZHOU.organ("moon")


# ------------------------------------------------------------------------------------------ review routes


@pytest.mark.parametrize(
    ("respondent", "day", "who", "cite"),
    [
        ("gz-scj", D24, ["广州市人民政府"], "(2023)第二十四条第一款第一项"),
        ("440106-scj", D24, ["广州市天河区人民政府"], "(2023)第二十四条第一款第一项"),
        ("440106-gov", D24, ["广州市人民政府"], "(2023)第二十四条第一款第二项"),
        ("440118-t1", D24, ["广州市增城区人民政府"], "(2023)第二十四条第一款第二项"),
        ("gz-gov", D24, ["广东省人民政府"], "(2023)第二十四条第一款第二项"),
        ("440106-s1", D24, ["广州市天河区人民政府"], "(2023)第二十四条第一款第三项"),
        ("440106-ga", D24, ["广州市人民政府", "广州市天河区人民政府"], "(2023)第二十四条第四款"),
        ("gz-tax", D24, ["国家税务总局广东省税务局"], "(2023)第二十七条"),
        ("gz-sfj", D24, ["广州市人民政府", "广东省司法厅"], "(2023)第二十八条"),
        ("440106-sfj", D24, ["广州市天河区人民政府", "广州市司法局"], "(2023)第二十八条"),
        ("440106-ga", D23, ["广州市人民政府"], "粤府函〔2021〕99号"),
        ("440106-scj", D23, ["广州市天河区人民政府"], "粤府函〔2021〕99号"),
        ("440106-gov", D23, ["广州市人民政府"], "(2017)第十三条第一款"),
        ("gz-tax", D23, ["国家税务总局广东省税务局"], "(2017)第十二条第二款"),
    ],
)
def test_who_reviews_whose_acts(respondent: str, day: date, who: list[str], cite: str) -> None:
    found = reviewers(GUANGZHOU, respondent, day)
    assert [r.organ.name for r in found] == who
    assert all(cite in str(r.cite) for r in found)


def test_every_organ_below_the_province_has_a_reviewer_in_2023_and_2024() -> None:
    for organ in GUANGZHOU.organs.values():
        if organ.level != "province":
            assert reviewers(GUANGZHOU, organ.code, D23), organ.name
            assert reviewers(GUANGZHOU, organ.code, D24), organ.name


# ------------------------------------------------------------------------------------------ a small city


def raw() -> dict[str, Any]:
    """A made-up city of one district."""
    return {
        "city": {"code": "990100", "name": "某市", "edition": "e1", "districts": [{"code": "990101", "name": "东区", "mark": "东"}]},
        "organs": {
            "organs": [
                {"code": "gov", "name": "某市人民政府", "level": "city", "kind": "government"},
                {"code": "old", "name": "某市旧局", "level": "city", "kind": "department", "parent": "gov",
                 "until": date(2024, 3, 31), "successor": "new"},
                {"code": "new", "name": "某市新局", "level": "city", "kind": "department", "parent": "gov", "since": date(2024, 4, 1)},
            ],
            "each_district": [{"code": "{code}-gov", "name": "某市{name}人民政府", "level": "district", "kind": "government", "parent": "gov"}],
        },
        "windows": {"windows": [{"code": "w", "name": "窗口", "organ": "new", "lines": ["test"]}]},
        "numbering": {"series": {"test.case": "{organ}试〔{year}〕{serial}号"}, "prefixes": {"gov": "某"}},
        "parameters": {"test": {"rate": [{"since": date(2024, 1, 1), "value": 7, "source": "某市文件"}]}},
        "routes": {"routes": [{"kinds": ["department"], "levels": ["city"], "to": ["own_government"], "cite": ["L23", 24, 1, 1]}]},
    }  # fmt: skip


def test_an_organ_that_ended_is_followed_to_its_successor() -> None:
    city = build("small", raw())
    old = city.organ("old")
    assert old.valid_on(date(2024, 3, 31))
    assert not old.valid_on(date(2024, 4, 1))
    assert successor(city, old, date(2024, 3, 31)).code == "old"
    assert successor(city, old, date(2024, 4, 1)).code == "new"
    assert [o.code for o in city.of_kind("department", date(2024, 4, 1))] == ["new"]
    assert [r.organ.code for r in reviewers(city, "old", date(2024, 5, 1))] == ["gov"]


def test_the_district_templates_are_filled_in() -> None:
    organ = build("small", raw()).organ("990101-gov")
    assert (organ.name, organ.seat) == ("某市东区人民政府", "990101")


def broken(path: str, value: Any) -> list[str]:
    """Mistakes after putting `value` at `path` (dots; numbers are list indices; a leading + appends)."""
    data = copy.deepcopy(raw())
    *way, last = path.split(".")
    place: Any = data
    for part in way:
        place = place[int(part)] if isinstance(place, list) else place[part]
    if last == "+":
        place.append(value)
    elif isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value
    with pytest.raises(CityError) as caught:
        build("small", data)
    return list(caught.value.mistakes)


ORGAN = {"code": "x", "name": "某局", "level": "city", "kind": "department", "parent": "gov"}


@pytest.mark.parametrize(
    ("path", "value", "mistake"),
    [
        ("city.colour", "red", "city.yaml: 没有名为“colour”的项"),
        ("city.districts", "east", "city.yaml: districts: 类型不符"),
        ("city", [], "city.yaml: 应为键值对"),
        ("city.districts.+", {"code": "990101", "name": "西区", "mark": "西"}, "city.yaml: 990101: 各区的 code 不得相同"),
        ("city.districts.+", {"code": "990102", "name": "西区"}, "city.yaml: 990102: mark 缺少"),
        ("organs.organs.+", ORGAN | {"colour": "red"}, "organs.yaml: x: colour 没有此项"),
        ("organs.organs.+", ORGAN | {"level": "village"}, "organs.yaml: x: level 填写有误"),
        ("organs.organs.+", "x", "organs.yaml: organs 第4项: 填写有误"),
        ("organs.organs.+", ORGAN | {"kind": "club"}, "organs.yaml: x: 没有“club”这一类机关"),
        ("organs.organs.+", ORGAN | {"parent": "nobody"}, "organs.yaml: x: parent 所指“nobody”不存在"),
        ("organs.organs.+", ORGAN | {"parent": "x"}, "organs.yaml: x: 上级关系成环"),
        ("organs.organs.+", ORGAN | {"code": "new"}, "organs.yaml: new: 代码重复"),
        ("organs.organs.+", ORGAN | {"name": "某市新局"}, "organs.yaml: 某市新局: 名称重复"),
        ("organs.organs.+", ORGAN | {"until": date(2024, 1, 1)}, "organs.yaml: x: 已撤销的机关须写明承继机关"),
        ("organs.organs.+", ORGAN | {"since": date(2024, 2, 1), "until": date(2024, 1, 1), "successor": "new"},
         "organs.yaml: x: 截止日期早于起始日期"),
        ("organs.streets", {"777": ["某街道"]}, "organs.yaml: dispatched_organ: 没有代码为“777”的区"),
        ("windows.windows.0.organ", "nobody", "windows.yaml: w: 所属机关“nobody”不存在"),
        ("windows.windows.+", {"code": "w", "name": "窗", "organ": "new", "lines": []}, "windows.yaml: w: 代码重复"),
        ("numbering.prefixes", {"nobody": "无"}, "numbering.yaml: nobody: 机关不存在"),
        ("numbering.series", {"test.case": "{colour}号"}, "numbering.yaml: test.case: 编号式样“{colour}号”只能使用"),
        ("numbering.series", {"test.case": "{year}号"}, "numbering.yaml: test.case: 编号式样须含"),
        ("parameters.test.rate.+", {"value": 3}, "parameters.yaml: test.rate: 每个取值须写明"),
        ("parameters.test.rate.+", {"since": date(2020, 1, 1), "value": 3, "source": "旧"}, "parameters.yaml: test.rate: 取值须按 since 先后排列"),
        ("routes.routes.0.to", ["moon"], "routes.yaml: 第1条: 没有“moon”这一关系"),
        ("routes.routes.0.kinds", ["club"], "routes.yaml: 第1条: 没有“club”这一类机关"),
        ("routes.routes.0.levels", ["village"], "routes.yaml: 第1条: levels.0 填写有误"),
        ("routes.routes.0.cite", ["NOPE", 1], "routes.yaml: 第1条: 依据“['NOPE', 1]”不存在"),
        ("routes.routes.0.practice", "惯例", "routes.yaml: 第1条: 须写明依据"),
        ("routes.routes.0.colour", "red", "routes.yaml: 第1条: 只能有"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_file_and_entry(path: str, value: Any, mistake: str) -> None:
    found = broken(path, value)
    assert any(m.startswith(mistake) for m in found), found


def test_all_mistakes_are_told_at_once() -> None:
    data = raw()
    data["city"]["colour"] = "red"
    data["organs"]["organs"].append(ORGAN | {"parent": "nobody"})
    data["windows"]["windows"][0]["organ"] = "nobody"
    data["routes"]["routes"][0]["to"] = ["moon"]
    with pytest.raises(CityError) as caught:
        build("small", data)
    assert len(caught.value.mistakes) == 4
    assert "城市数据有误（small）" in str(caught.value)


def test_an_unknown_city_is_named() -> None:
    with pytest.raises(DataError, match="atlantis"):
        load("atlantis")


def test_the_files_of_guangzhou_are_the_files_of_a_city() -> None:
    for name in FILES:
        assert load_yaml("yifa.city.guangzhou", f"{name}.yaml")


# ------------------------------------------------------------------------------------------ the environment


def line_with(value: Any, code: str = "test") -> Line:
    """The test line with one parameter."""
    fields = {
        name: getattr(TEST_LINE, name) for name in TEST_LINE.__dataclass_fields__ if not name.startswith("_")
    }
    rate = ParameterDeclaration("rate", "比例", "%", (ParameterValue(date(2020, 1, 1), value, "缺省"),))
    return Line(**{**fields, "code": code, "parameters": (rate,)})


def small(**parameters: Any) -> City:
    return build("small", raw() | parameters)


def test_the_city_takes_over_from_the_day_it_sets_a_value() -> None:
    env = environment(small(), [line_with(5)], standard_calendar())
    assert env.registers_edition == "e1"
    assert [env.parameters.at("rate", date(year, 6, 1)) for year in (2019, 2023, 2024)] == [None, 5, 7]
    assert env.parameters.source("rate", date(2024, 6, 1)) == "某市文件"
    assert env.parameters.source("rate", date(2023, 6, 1)) == "缺省"


def test_local_values_replace_declared_ones_from_their_first_day() -> None:
    declared = ((date(2022, 1, 1), 1, "a"), (date(2024, 1, 1), 2, "b"), (date(2025, 1, 1), 3, "c"))
    assert merge(declared, ()) == declared
    local = ((date(2024, 1, 1), 9, "city"),)
    assert merge(declared, local) == (declared[0], *local)


def test_an_undeclared_parameter_is_refused() -> None:
    with pytest.raises(KeyError, match="未声明的参数“rate”"):
        environment(small(), [TEST_LINE], standard_calendar())


def test_lines_must_agree_on_a_shared_parameter() -> None:
    plain = small(parameters={})
    both = [line_with(5), line_with(5, "other")]
    assert environment(plain, both, standard_calendar()).parameters.at("rate", D24) == 5
    with pytest.raises(ParameterClashError, match="rate"):
        environment(plain, [line_with(5), line_with(6, "other")], standard_calendar())


def test_the_standard_environment_of_guangzhou() -> None:
    env = registry.city_env("guangzhou")
    assert env.registers_edition == GUANGZHOU.edition
    assert env is registry.city_env("guangzhou")
