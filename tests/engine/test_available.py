"""Which acts are open: what is kept between questions never changes an answer."""

import sys
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.kernel import LATER, Case, acting, codes
from tests.kernel_line import TEST_LINE
from yifa.engine import advance, available
from yifa.engine.available import _CACHE, Availability
from yifa.engine.examine import standing_problems, unready
from yifa.language.acts import Context
from yifa.language.kernel_actions import KERNEL_ACTIONS
from yifa.language.values import by_fact
from yifa.language.view import View
from yifa.lines.legal_aid import LEGAL_AID

module = sys.modules["yifa.engine.available"]  # the package gives the name to its function
CONTEXTS = (LATER, acting("clerk"), acting("head"), acting("clerk", moment="propose"), acting("nobody"))


def a_case() -> Case:
    case = Case(TEST_LINE, answers={"same_topic": ()})
    case.do("receive", "2024-03-01", received_on="2024-03-01", askers=["a"], answerers=["b"])
    return case


def views() -> list[View]:
    """A case on its way: before its first act, received, opened, with a side track, finished, in the old version."""
    case = a_case()
    found = [Case(TEST_LINE).view, case.view]
    for action, day in (("open", "2024-03-05"), ("side", "2024-03-06"), ("halt", "2024-03-07")):
        case.do(action, day)
        found.append(case.view)
    old = a_case()
    old.do("move_version", "2024-03-02", version="old", reason="依旧法收件")
    return [*found, old.view, hurried().view]


def hurried() -> Case:
    case = a_case()
    case.do("open", "2024-03-05")
    case.do("hurry", "2024-03-06")
    return case


def test_what_the_case_itself_lacks_is_told_beforehand_and_with_everything_else() -> None:
    case = hurried()
    told = {a.action.code: [p.code for p in a.problems] for a in available(case.view, acting("clerk"))}
    assert told["hurry"] == ["fast_already"]
    assert told["halt"] == []
    assert codes(case.try_("hurry", "2024-03-07", ctx=acting("clerk"))) == ["fast_already"]
    wrong = case.try_("hurry", "2024-03-07", ctx=acting("nobody"), colour="red")
    assert codes(wrong) == ["field_unknown", "not_authorised", "fast_already"]


def test_what_the_stage_closes_is_not_asked_what_else_it_lacks() -> None:
    case = hurried()
    case.do("halt", "2024-03-07")
    told = {a.action.code: [p.code for p in a.problems] for a in available(case.view, acting("clerk"))}
    assert told["hurry"] == ["wrong_stage"]


def test_an_act_posted_in_time_is_not_called_closed_for_a_lapse_it_would_undo() -> None:
    case = a_case()
    case.do("open", "2024-03-05")
    for party in ("a", "b"):
        case.do("finish", "2024-03-08", party=party)
    late = advance(case.view, date(2024, 12, 31))
    assert late.effect("binding")
    contest = next(a for a in available(late, acting("clerk")) if a.action.code == "contest")
    assert contest.problems == ()


def test_acts_of_the_file_itself_lack_nothing() -> None:
    view = a_case().view
    assert [unready(view, action) for action in KERNEL_ACTIONS] == [()] * len(KERNEL_ACTIONS)
    assert unready(view, replace(TEST_LINE.actions[0], code="unheard_of")) == ()


def asked_one_by_one(view: View, ctx: Context) -> list[Availability]:
    told = [Availability(a, (*standing_problems(view, a, ctx), *unready(view, a))) for a in view.line.actions]
    return sorted(told, key=lambda found: bool(found.problems))


@pytest.mark.parametrize("ctx", CONTEXTS)
def test_all_acts_together_are_told_as_one_by_one(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CACHE", {})
    for _ in range(2):
        for view in views():
            assert list(available(view, ctx)) == asked_one_by_one(view, ctx)


def test_what_one_actor_may_not_do_is_not_kept_from_another() -> None:
    view = a_case().view
    closed: dict[str, Any] = {}
    for role in ("nobody", "head"):
        closed[role] = {a.action.code: [p.code for p in a.problems] for a in available(view, acting(role))}
    assert closed["nobody"]["open"] == ["not_authorised"]
    assert closed["head"]["open"] == []


def test_deciders_that_the_case_itself_names_are_asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CACHE", {})
    deciders = by_fact("pace", fast=frozenset({"head"}), otherwise=frozenset({"clerk"}))
    actions = tuple(replace(a, decided_by=deciders) if a.code == "halt" else a for a in TEST_LINE.actions)
    line = replace(TEST_LINE, actions=actions)
    case = Case(line, answers={"same_topic": ()})
    case.do("receive", "2024-03-01", received_on="2024-03-01", askers=["a"], answerers=["b"])
    case.do("open", "2024-03-05")
    for pace, refused in (("slow", False), ("fast", True), ("slow", False)):
        case.view.facts = {**case.view.facts, "pace": pace}
        told = available(case.view, acting("clerk"))
        assert list(told) == asked_one_by_one(case.view, acting("clerk"))
        problems = next(a.problems for a in told if a.action.code == "halt")
        assert [p.code for p in problems] == (["not_authorised"] if refused else [])


def test_lines_are_not_mixed() -> None:
    first = available(Case(TEST_LINE).view, LATER)
    other = available(Case(LEGAL_AID).view, LATER)
    assert {a.action.code for a in first} == {action.code for action in TEST_LINE.actions}
    assert {a.action.code for a in other} == {action.code for action in LEGAL_AID.actions}


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[Any, Any] = {}
    monkeypatch.setattr(module, "_CACHE", kept)
    monkeypatch.setattr(module, "_CACHE_SIZE", 2)
    for view in views():
        available(view, LATER)
        assert 1 <= len(kept) <= 2
    assert kept is not _CACHE
