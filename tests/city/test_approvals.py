"""The city's reviewers against the lines: every mistake at once, and nothing that could drop the law's signer."""

from dataclasses import replace
from typing import Any

import pytest

from yifa import registry
from yifa.city.approvals import check, mistakes
from yifa.city.load import CityError, build, load
from yifa.city.model import Approval, City
from yifa.city.read import FILES
from yifa.law.loader import load_yaml

GUANGZHOU = load("guangzhou")
LINES = tuple(registry.line(code) for code in ("reconsideration", "legal_aid"))
EXTERNAL = next(action.code for action in LINES[0].actions if action.external)
GOOD = Approval("reconsideration", "decide", ("section_head",), "制度")


def with_(*approvals: Approval, **changes: Any) -> City:
    return replace(GUANGZHOU, approvals=approvals, **changes)


def test_guangzhou_fits_the_lines() -> None:
    assert not list(mistakes(GUANGZHOU, LINES))
    assert registry.city_of("guangzhou") == GUANGZHOU


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"line": "fishing"}, "没有“fishing”这一业务条线"),
        ({"action": "fish"}, "没有这一事项"),
        ({"reviewers": ("king",)}, "没有“king”这一角色"),
        ({"reviewers": ()}, "须写明审核人"),
        ({"reviewers": ("body_head", "body_head")}, "“body_head”审核了2次"),
        ({"organs": ("moon",)}, "机关“moon”不存在"),
        ({"source": " "}, "须写明依据"),
        ({"action": EXTERNAL}, "由外部发生"),
    ],
)
def test_each_mistake_is_named(change: dict[str, Any], said: str) -> None:
    assert any(said in mistake for mistake in mistakes(with_(GOOD._replace(**change)), LINES))


def test_all_mistakes_come_at_once() -> None:
    wrong = with_(GOOD._replace(line="x"), GOOD._replace(action="y"), GOOD, GOOD, numbers={})
    with pytest.raises(CityError) as error:
        check(wrong, LINES)
    text = str(error.value)
    for said in (
        "x.decide",
        "reconsideration.y",
        "所有机关的审核人规定了2次",
        "reconsideration.case",
        "legal_aid.case",
    ):
        assert said in text


def test_no_key_names_the_signer() -> None:
    raw = {name: load_yaml("yifa.city.guangzhou", f"{name}.yaml") for name in FILES}
    row = {"line": "reconsideration", "action": "decide", "reviewers": ["section_head"], "source": "制度"}
    raw["approvals"] = {"approvals": [{**row, "signer": "handler"}]}
    with pytest.raises(CityError, match="approvals.yaml"):
        build("guangzhou", raw)


def test_an_organs_own_route_goes_before_the_citys() -> None:
    city = with_(GOOD, GOOD._replace(reviewers=("body_head",), organs=("gz-gov",)))
    assert city.reviewers("reconsideration", "decide", "gz-gov") == ("body_head",)
    assert city.reviewers("reconsideration", "decide", "440106-gov") == ("section_head",)
    assert city.reviewers("reconsideration", "accept", "gz-gov") == ()
