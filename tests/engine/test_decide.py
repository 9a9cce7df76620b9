"""The decider: every refusal at once, authority at two moments, needs, claims, late records, corrections."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from tests.kernel import ENV, LATER, Case, D, acting, codes, command, done, event
from tests.kernel_line import TEST_LINE, topic_key
from yifa.engine import available, decide, derive, empty, evolve, needs, note
from yifa.engine.derive import read
from yifa.language.actions import Need
from yifa.language.acts import ClaimRequest, Command, Context, Event, FollowUp, NeedRequest, Refused
from yifa.language.messages import kernel_catalogue, render

FREE = {"same_topic": ()}


def received(**data: Any) -> Case:
    case = Case(TEST_LINE, answers=FREE)
    case.do("receive", "2024-03-01", received_on="2024-03-01", **data)
    return case


def opened(**data: Any) -> Case:
    case = received(**data)
    case.do("open", "2024-03-05")
    return case


# -------------------------------------------------------------------------------------------- acceptance


def test_what_an_acceptance_brings() -> None:
    case = Case(TEST_LINE, answers=FREE)
    first = case.do("receive", "2024-03-01", received_on="2024-03-01", topic="噪声")
    assert (first.documents, first.numbers) == (("slip",), ("case",))
    second = case.do("open", "2024-03-05", ctx=acting("head"))
    assert second.claims == (ClaimRequest("topic", "噪声"),)
    assert second.events[0].facts == FREE
    assert (second.events[0].seq, second.events[0].actor, second.events[0].recorded_on) == (
        1,
        "u1",
        date(2030, 1, 1),
    )
    assert bool(second)


def test_a_claim_without_key_is_not_made() -> None:
    assert received().do("open", "2024-03-05").claims == ()


def test_claims_are_released() -> None:
    case = opened(topic="噪声")
    assert case.do("finish", "2024-03-06").claims == (ClaimRequest("topic", "噪声", release=True),)


def test_follow_ups_go_to_other_cases() -> None:
    follow_ups = received().do("drop", "2024-03-02").follow_ups
    assert [(f.case, f.command.action) for f in follow_ups] == [("other", "link")]


def test_a_warning_does_not_forbid() -> None:
    case = opened(answerers=["b"])
    case.do("ask", "2024-03-06", party="b", arrived_on="2024-03-06")
    allowed = case.do("answer", "2024-03-25", party="b", arrived_on="2024-03-25")
    assert [w.code for w in allowed.warnings] == ["answer_late"]


# -------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("action", "data", "expected"),
    [
        ("nope", {}, {("unknown_action", "action")}),
        ("receive", {}, {("field_missing", "received_on")}),
        (
            "receive",
            {"received_on": "31.1.", "colour": 1},
            {("field_invalid", "received_on"), ("field_unknown", "colour")},
        ),
        ("receive", {"received_on": "2024-03-01", "askers": "a"}, {("field_invalid", "askers")}),
        ("open", {"pace": "slower"}, {("field_invalid", "pace"), ("wrong_stage", None)}),
        ("lengthen", {"days": 0}, {("field_invalid", "days"), ("wrong_stage", None)}),
    ],
)
def test_bad_input_is_refused_with_every_problem(
    action: str, data: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    decision = decide(empty(TEST_LINE, ENV), command(action, "2024-03-01", **data))
    assert isinstance(decision, Refused)
    assert not decision
    assert {(p.code, p.where) for p in decision.problems} == expected


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("receive", ["case_exists"]),
        ("ask", ["wrong_stage"]),
        ("go_on", ["wrong_stage"]),
        ("mail", []),
        ("link", ["field_missing"]),
    ],
)
def test_stages(action: str, expected: list[str]) -> None:
    data = {"received_on": "2024-03-01"} if action == "receive" else {}
    decision = received().try_(action, "2024-03-02", **data)
    assert (codes(decision) if isinstance(decision, Refused) else []) == expected


def test_a_kernel_act_needs_a_case() -> None:
    assert codes(Case(TEST_LINE).try_("link", "2024-03-01", case="x")) == ["wrong_stage"]


def test_a_side_track_has_its_own_stages() -> None:
    case = received()
    assert codes(case.try_("side_reply", "2024-03-02")) == ["wrong_stage"]
    case.do("side", "2024-03-02")
    assert codes(case.try_("side", "2024-03-02")) == ["wrong_stage"]
    case.do("side_reply", "2024-03-03")
    assert case.view.tracks == {"side": "replied"}


def test_an_act_of_another_version() -> None:
    case = Case(TEST_LINE, answers=FREE)
    case.do("receive", "2023-03-01", received_on="2023-03-01")
    case.do("open", "2023-03-05")
    assert codes(case.try_("hurry", "2023-03-06")) == ["not_in_version"]


@pytest.mark.parametrize(
    ("roles", "moment", "allowed"),
    [
        (["clerk"], "propose", True), (["head"], "propose", True), (["outsider"], "propose", False),
        (["head"], "sign", True), (["clerk"], "sign", False), ([], "sign", False),
    ],
)  # fmt: skip
def test_who_proposes_and_who_decides(roles: list[str], moment: str, allowed: bool) -> None:
    decision = received().try_("open", "2024-03-05", ctx=acting(*roles, moment=moment))
    assert bool(decision) is allowed
    if not allowed:
        assert codes(decision) == ["not_authorised"]


@pytest.mark.parametrize(
    ("day", "roles", "allowed"), [("2023-03-01", "clerk", True), ("2024-03-01", "clerk", False)]
)
def test_who_decides_may_depend_on_the_version(day: str, roles: str, allowed: bool) -> None:
    case = Case(TEST_LINE, answers=FREE)
    case.do("receive", day, received_on=day)
    case.do("open", day)
    assert bool(case.try_("lengthen", day, days=5, ctx=acting(roles))) is allowed


def test_an_external_act_needs_no_authority() -> None:
    assert received().try_("mail", "2024-03-02", ctx=acting())


def test_stage_authority_and_guards_are_told_together() -> None:
    case = opened()
    case.answers = {"same_topic": ("甲1号", "甲2号")}
    found = codes(case.try_("open", "2024-03-06", ctx=acting("clerk")))
    assert found == ["wrong_stage", "not_authorised", "topic_taken", "topic_taken"]


def test_an_unanswered_need_holds_the_guards_back() -> None:
    case = received()
    case.answers = {}
    assert codes(case.try_("open", "2024-03-05")) == ["need_unanswered"]


def test_needs_are_asked_with_pure_keys() -> None:
    view = received(topic="噪声").view
    assert [(n.code, n.key) for n in needs(view, command("open", "2024-03-05"))] == [
        ("same_topic", "噪声"), ("extra", "噪声")
    ]  # fmt: skip
    assert needs(view, command("open", "2024-03-05", pace="x")) == ()
    assert needs(view, command("halt", "2024-03-05")) == ()
    assert needs(view, command("nope", "2024-03-05")) == ()


def test_a_need_may_ask_about_another_case() -> None:
    about = (Need("n", topic_key, of_case=("opened_on",)),)
    line = replace(
        TEST_LINE,
        actions=tuple(replace(a, needs=about) if a.code == "open" else a for a in TEST_LINE.actions),
    )
    case = Case(line)
    case.do("receive", "2024-03-01", received_on="2024-03-01", topic="噪声")
    asked = needs(case.view, command("open", "2024-03-05"))
    assert asked == (NeedRequest("n", "噪声", ("opened_on",)),)


def test_what_an_effect_tells_other_cases_when_it_is_noted() -> None:
    case = received(askers=["a"])
    case.do("open", "2024-03-05")
    case.do("finish", "2024-03-11", party="a")
    told = note(case.view, Event(9, "binding", D("2024-03-28"), party="a"))
    assert told.follow_ups == (
        FollowUp(Command("link", D("2024-03-27"), {"case": "here"}), case="other", back="case"),
    )
    assert told.view.facts["binding_on"] == D("2024-03-27")
    assert note(case.view, Event(9, "binding", D("2024-03-20"), party="a")).follow_ups == ()
    assert note(received().view, Event(9, "deemed_open", D("2024-03-20"))).follow_ups == ()
    assert note(case.view, Event(9, "halt", D("2024-03-20"))).follow_ups == ()


def test_an_act_posted_in_time_is_judged_without_the_lapse_it_defeats() -> None:
    case = received(askers=["a", "b"])
    case.do("open", "2024-03-05")
    case.do("finish", "2024-03-11", party="a")
    case.do("finish", "2024-03-12", party="b")
    assert codes(case.try_("contest", "2024-04-02", party="a")) == ["binding"]
    assert codes(case.try_("contest", "2024-04-02", party="a", posted_on="2024-03-27")) == ["binding"]
    case.do("contest", "2024-04-02", party="a", posted_on="2024-03-26")
    assert case.view.effects == ()
    assert {i.subject: i.state for i in case.view.clocks["final"]} == {"a": "met", "b": "lapsed"}


def test_the_future_is_refused_together_with_bad_input() -> None:
    ctx = Context(today=D("2024-03-01"))
    assert codes(received().try_("drop", "2024-03-02", ctx=ctx)) == ["dated_in_future"]
    assert codes(Case(TEST_LINE).try_("receive", "2024-03-02", ctx=ctx)) == [
        "field_missing",
        "dated_in_future",
    ]


def test_parties() -> None:
    case = opened(answerers=["b", "c"])
    assert codes(case.try_("ask", "2024-03-06", party="x")) == ["party_unknown"]
    assert codes(case.try_("ask", "2024-03-06")) == ["party_unknown"]
    assert case.try_("ask", "2024-03-06", party="b")
    assert opened(answerers=["b"]).try_("ask", "2024-03-06")
    assert opened().try_("ask", "2024-03-06", party="anyone")


def test_an_ambiguous_target_is_refused() -> None:
    case = opened()
    case.do("consult", "2024-03-06", due_on="2024-03-20")
    case.do("consult", "2024-03-07", due_on="2024-03-22")
    assert codes(case.try_("consulted", "2024-03-10")) == ["ambiguous_target"]
    assert case.try_("consulted", "2024-03-10", re=2)


def test_a_second_answer_to_the_same_question_does_not_answer_another_one() -> None:
    case = opened()
    case.do("consult", "2024-03-06", due_on="2024-03-20")
    case.do("consult", "2024-03-07", due_on="2024-03-22")
    case.do("consulted", "2024-03-10", re=2)
    case.do("consulted", "2024-03-11", re=2)
    assert [(i.seq, i.state) for i in case.view.clocks["consultation"]] == [(2, "met"), (3, "running")]


def test_every_problem_prints_in_chinese() -> None:
    case = opened()
    case.answers = {}
    decision = case.try_("open", "2024-02-01", ctx=acting("clerk"))
    assert isinstance(decision, Refused)
    for problem in decision.problems:
        text = render(problem, kernel_catalogue())
        assert "{" not in text
        assert any("一" <= c <= "鿿" for c in text)


# -------------------------------------------------------------------------------------------- late records


def test_a_late_record_is_judged_on_its_own_day() -> None:
    case = opened()
    case.do("mail", "2024-03-20", arrived_on="2024-04-20")
    case.do("halt", "2024-03-10")  # recorded after, dated before; mail may come at any stage
    assert case.view.stage == "halted"
    assert codes(case.try_("hurry", "2024-03-02")) == ["wrong_stage"]  # not yet open on that day
    assert codes(case.try_("receive", "2024-02-01", received_on="2024-02-01")) == ["later_act_falls"]


def test_a_late_record_that_would_fell_a_later_act_is_refused_and_names_it() -> None:
    case = opened(askers=["a"])
    case.do("finish", "2024-04-01", party="a")
    decision = case.try_("halt", "2024-03-10")
    assert decision  # finishing is open from a halted case
    again = opened()
    again.do("consult", "2024-04-01", due_on="2024-05-01")
    decision = again.try_("halt", "2024-03-10")
    assert codes(decision) == ["later_act_falls"]
    assert isinstance(decision, Refused)
    problem = decision.problems[0]
    assert (problem.params["on"], problem.params["action"], problem.where) == (D("2024-04-01"), "征询", "2")


def test_a_refusal_dated_before_but_recorded_after_a_deemed_effect() -> None:
    case = Case(TEST_LINE, answers=FREE)
    case.do("receive", "2024-03-01", received_on="2024-03-01", ctx=Context(today=D("2024-03-01")))
    case.do("drop", "2024-03-08", ctx=Context(today=D("2024-03-12")))
    log = case.view.events
    before = derive(TEST_LINE, log, D("2024-03-11"), ENV, known_at=D("2024-03-11"))
    after = derive(TEST_LINE, log, D("2024-03-12"), ENV, known_at=D("2024-03-12"))
    assert (before.stage, after.stage) == ("active", "ended")


def test_moments_compare_with_dates() -> None:
    view = received().view
    late = command("halt", "2024-03-01")._replace(on=datetime(2024, 3, 1, 9))
    assert isinstance(decide(view, late), Refused)


# -------------------------------------------------------------------------------------------- corrections


def test_a_correction_moves_the_dates_as_if_right_from_the_start() -> None:
    case = opened()
    case.do("correct", "2024-03-20", target=0, changes={"received_on": "2024-02-29"}, reason="登记错误")
    assert case.view.facts["received_on"] == D("2024-02-29")
    case.do("correct", "2024-03-21", target=0, changes={"received_on": "2024-03-04"}, reason="再次更正")
    assert case.view.due("opening") == D("2024-03-11")  # the latest correction wins
    right = Case(TEST_LINE, answers=FREE)
    right.do("receive", "2024-03-01", received_on="2024-03-04")
    right.do("open", "2024-03-05")
    assert {k: [i.due.due for i in v] for k, v in right.view.clocks.items()} == {
        k: [i.due.due for i in v] for k, v in case.view.clocks.items()
    }


def test_a_correction_may_move_the_legal_date_and_the_party() -> None:
    case = opened(answerers=["b", "c"])
    case.do("ask", "2024-03-06", party="b")
    case.do(
        "correct",
        "2024-03-20",
        target=2,
        changes={"effective_on": "2024-03-07", "party": "c"},
        reason="登记错误",
    )
    assert [(i.subject, i.start) for i in case.view.live("answer")] == [("c", D("2024-03-07"))]


def test_an_annulled_act_no_longer_counts_and_nothing_is_hidden() -> None:
    case = opened()
    case.do("halt", "2024-03-08")
    case.do("annul", "2024-03-09", target=2, reason="误录")
    assert case.view.stage == "active"
    assert len(case.view.events) == 4
    case.do("annul", "2024-03-10", target=3, reason="撤销有误")
    assert case.view.stage == "active"  # annulling an annulment does not bring the act back: it is done anew


def test_an_annulled_correction_is_dropped() -> None:
    case = received()
    case.do("correct", "2024-03-02", target=0, changes={"received_on": "2024-02-20"}, reason="登记错误")
    case.do("annul", "2024-03-03", target=1, reason="误录")
    assert case.view.facts["received_on"] == D("2024-03-01")


@pytest.mark.parametrize(
    ("action", "data", "expected"),
    [
        ("correct", {"target": 9, "changes": {"a": 1}, "reason": "登记错误"}, ["correction_target"]),
        ("annul", {"target": 9, "reason": "误录"}, ["correction_target"]),
        ("correct", {"target": 1, "changes": {"a": 1}, "reason": "登记错误"}, ["correction_again"]),
        ("correct", {"target": 0, "changes": {"colour": 1}, "reason": "登记错误"}, ["field_unknown"]),
        ("correct", {"target": 0, "changes": {}, "reason": "登记错误"}, ["field_invalid"]),
        ("move_version", {"version": "x", "reason": "误用"}, ["version_unknown"]),
        ("move_version", {"version": "old"}, ["field_missing"]),
    ],
)
def test_records_about_records_are_examined(action: str, data: dict[str, Any], expected: list[str]) -> None:
    case = received()
    case.do("correct", "2024-03-02", target=0, changes={"received_on": "2024-03-01"}, reason="登记错误")
    assert codes(case.try_(action, "2024-03-03", **data)) == expected


def test_a_correction_of_a_noting() -> None:
    case = received()
    case.view = evolve(case.view, event(TEST_LINE, 1, "deemed_open", "2024-03-09"))
    assert case.try_(
        "correct", "2024-03-10", target=1, changes={"effective_on": "2024-03-10"}, reason="登记错误"
    )


def test_move_version_pins_another_version() -> None:
    case = opened()
    case.do("move_version", "2024-03-06", version="old", reason="依旧法收件", ctx=acting("section_head"))
    assert (case.view.version, case.view.pinned) == ("old", "old")
    assert codes(case.try_("hurry", "2024-03-07")) == ["not_in_version"]
    case.do("annul", "2024-03-08", target=2, reason="误录")
    assert case.view.version == "new"


def test_after_a_correction_acts_that_no_longer_stand_become_findings() -> None:
    case = opened()
    assert read(case.view, D("2024-03-20"), case.view.events).findings == ()
    case.do("correct", "2024-03-20", target=0, changes={"received_on": "2024-03-06"}, reason="登记错误")
    findings = derive(TEST_LINE, case.view.events, D("2024-03-20"), ENV).findings
    assert [(f.code, f.params["because"], f.where) for f in findings] == [
        ("act_no_longer_stands", "before_receipt", "1")
    ]


def test_findings_respect_a_pinned_version() -> None:
    case = opened()
    case.do("hurry", "2024-03-06")
    case.do("move_version", "2024-03-07", version="old", reason="依旧法收件")
    case.do("annul", "2024-03-08", target=0, reason="误录")
    found = derive(TEST_LINE, case.view.events, D("2024-03-20"), ENV).findings
    assert ("not_in_version", "2") in {(f.params["because"], f.where) for f in found} or len(found) >= 2


def test_a_superseded_noting_is_a_finding() -> None:
    case = received()
    case.view = evolve(case.view, event(TEST_LINE, 1, "deemed_open", "2024-03-09"))
    case.view = done(case.try_("drop", "2024-03-07")).view if case.try_("drop", "2024-03-07") else case.view
    found = derive(TEST_LINE, case.view.events, D("2024-03-12"), ENV)
    assert found.stage == "ended"
    assert [f.code for f in found.findings] == ["noting_superseded"]


def test_standing_in_a_late_refusal_ignores_acts_already_fallen() -> None:
    case = opened()
    case.do("consult", "2024-03-20", due_on="2024-04-20")
    case.do("correct", "2024-03-21", target=0, changes={"received_on": "2024-03-06"}, reason="登记错误")
    assert case.try_("consult", "2024-03-10", due_on="2024-04-01")


# -------------------------------------------------------------------------------------------- what is open


def test_what_is_open_now_comes_first_and_the_rest_says_why() -> None:
    found = available(opened().view, acting("clerk"))
    open_now = [a.action.code for a in found if not a.problems]
    assert open_now == [
        "ask",
        "ask_several",
        "answer",
        "halt",
        "hurry",
        "consult",
        "consulted",
        "side",
        "finish",
        "drop",
        "mail",
        "alarm",
        "calm",
    ]
    closed = {a.action.code: [p.code for p in a.problems] for a in found if a.problems}
    assert closed["open"] == ["wrong_stage", "not_authorised"]
    assert closed["lengthen"] == ["not_authorised"]
    assert [a.problems == () for a in found] == sorted((a.problems == () for a in found), reverse=True)


def test_without_an_actor_authority_is_not_examined() -> None:
    closed = {a.action.code: [p.code for p in a.problems] for a in available(received().view, LATER)}
    assert closed["open"] == []
    assert closed["halt"] == ["wrong_stage"]


# -------------------------------------------------------------------------------------------- warnings of rewriting


def test_who_rewrites_the_record_sees_what_falls() -> None:
    case = opened()
    decision = case.try_(
        "correct", "2024-03-20", target=0, changes={"received_on": "2024-03-06"}, reason="登记错误"
    )
    assert [(w.code, w.params["because"]) for w in done(decision).warnings] == [
        ("act_no_longer_stands", "before_receipt")
    ]
    case.do("hurry", "2024-03-06")
    moved = done(case.try_("move_version", "2024-03-07", version="old", reason="依旧法收件"))
    assert [(w.params["action"], w.params["because"]) for w in moved.warnings] == [("加快", "not_in_version")]


# -------------------------------------------------------------------------------------------- provisional days


def test_no_effect_rests_on_a_provisional_day() -> None:
    case = Case(TEST_LINE, answers=FREE)
    case.do("receive", "2026-12-24", received_on="2026-12-24")
    found = derive(TEST_LINE, case.view.events, D("2027-02-01"), ENV)
    assert (found.stage, found.effects) == ("new", ())
    assert [f.code for f in found.findings] == ["calendar_not_published"]
    assert derive(TEST_LINE, case.view.events, D("2026-12-25"), ENV).findings == ()


def test_a_refusal_beyond_the_notices_asks_for_the_notice() -> None:
    case = Case(TEST_LINE, answers=FREE)
    case.do("receive", "2026-12-24", received_on="2026-12-24")
    assert codes(case.try_("halt", "2027-01-08")) == ["wrong_stage", "calendar_not_published"]
    assert codes(case.try_("halt", "2026-12-25")) == ["wrong_stage"]
