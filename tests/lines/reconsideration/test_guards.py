"""Every guard of reconsideration: what is allowed, what is refused, with which code and article."""

from datetime import timedelta
from typing import Any

import pytest

from tests.kernel import LATER, Case, acting
from tests.lines import golden
from tests.lines.reconsideration import cases as c
from tests.lines.reconsideration.cases import codes
from tests.lines.reconsideration.rows_intake import ACCEPTANCE, INTAKE, Make, accept
from tests.lines.reconsideration.rows_more import MORE
from tests.lines.reconsideration.rows_review import BOUNDARIES, DECISION, REVIEW
from yifa.language.acts import Actor, Allowed, Refused

TABLE = INTAKE + ACCEPTANCE + REVIEW + DECISION + BOUNDARIES + MORE
NEW_LAW, OLD_LAW, REGULATION = "《行政复议法》(2023)", "《行政复议法》(2017)", "《行政复议法实施条例》(2007)"


@pytest.mark.parametrize(
    ("make", "action", "day", "data", "refusal"),
    TABLE,
    ids=[f"{i}-{row[1]}-{row[4] or 'ok'}" for i, row in enumerate(TABLE)],
)
def test_guards(make: Make, action: str, day: str, data: dict[str, Any], refusal: str | None) -> None:
    case = make()
    decision = case.try_(action, day, **data)
    if refusal is None:
        assert isinstance(decision, Allowed), decision
        return
    assert isinstance(decision, Refused)
    assert refusal in codes(decision)
    if case.view.version_final and refusal != "not_in_version":
        other_law = NEW_LAW if case.view.version == "2017" else OLD_LAW
        assert [p for p in decision.problems if other_law in str(p.cite)] == []


def problems(decision: Any) -> tuple[Any, ...]:
    return decision.problems if isinstance(decision, Refused) else ()


def test_the_table_reaches_every_article_listed() -> None:
    decisions = (make().try_(action, day, **data) for make, action, day, data, _ in TABLE)
    assert not golden.unreached(c.GOLDEN, decisions, ELSEWHERE)


def test_every_guard_code_is_in_the_table() -> None:
    from tests.lines.test_every_line import refusals

    tested = {row[4] for row in TABLE} | ELSEWHERE
    assert set(refusals("reconsideration")) <= tested


ELSEWHERE = {
    "court_already_seized", "suit_pending", "duplicate_application", "withdrawn_before", "handler_conflict", "supplement_again",
    "supplement_not_served", "extension_again", "hearing_not_held", "committee_not_consulted", "e_service_refused",
    "performance_open", "self_collected", "no_committee_member", "reply_late", "decided_late", "head_absent", "handler_unqualified",
    "not_competent", "order_unfit", "conversion_late", "views_missing",
}  # fmt: skip


# ------------------------------------------------------------------------------ guards that need more than one act


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"court_cases": ("（2024）粤71行初1号",)}, "court_already_seized"),
        ({"court_cases": ("（2024）粤71行初1号",), "suits_pending": 1}, "court_already_seized"),
        ({"suits_pending": 1}, "suit_pending"),
        ({"same_dispute": ("穗府行复〔2024〕1号",)}, "duplicate_application"),
        ({"withdrawn_before": ("穗府行复〔2023〕9号",)}, "withdrawn_before"),
    ],
)
def test_what_other_cases_forbid(answers: dict[str, Any], expected: str) -> None:
    case = c.received()
    case.answers = c.FREE | answers
    assert codes(case.try_("accept", "2024-02-06", **accept())) == [expected]


def test_a_handler_in_conflict() -> None:
    case = c.accepted()
    case.answers = c.FREE | {"handler_conflicts": ("甲",)}
    assert codes(case.try_("assign_handler", "2024-02-01", handlers=["甲", "乙"])) == ["handler_conflict"]


def test_a_handler_without_qualification() -> None:
    case = c.accepted()
    case.answers = c.FREE | {"handler_unqualified": ("甲",)}
    assert codes(case.try_("assign_handler", "2024-02-01", handlers=["甲", "乙"])) == ["handler_unqualified"]


TAX = {"id": "某税务局", "kind": "vertical", "level": "district", "competent": ()}
BUREAU = {"id": "某局", "kind": "department", "level": "district", "competent": ("gz-th",)}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [((TAX,), ["not_competent"]), ((BUREAU,), []), ((), [])],
)
def test_whose_case_it_is(rows: tuple[dict[str, Any], ...], expected: list[str]) -> None:
    case = c.received()
    case.answers = c.FREE | {"respondent_organs": rows}
    decision = case.try_("accept", "2024-02-06", **accept())
    assert [problem.code for problem in problems(decision)] == expected


@pytest.mark.parametrize(("organ", "expected"), [("gz-th", []), ("gz-yx", ["not_competent"]), (None, [])])
def test_the_organ_that_acts_must_be_the_competent_one(organ: str | None, expected: list[str]) -> None:
    ctx = LATER._replace(actor=Actor("u1", frozenset({"section_head"}), organ))
    decision = told(c.received, respondent_organs=(BUREAU,))().try_(
        "accept", "2024-02-06", ctx=ctx, **accept()
    )
    assert [problem.code for problem in problems(decision)] == expected


def test_an_old_application_names_one_of_eleven_kinds_of_act() -> None:
    (problem,) = problems(
        c.new().try_("receive_application", "2023-03-01", **c.application("2023-03-01", act_category=12))
    )
    assert (problem.code, problem.params["last"]) == ("category_unknown", 11)


@pytest.mark.parametrize(
    ("make", "kind", "fits"),
    [
        (c.refused, "accept", True), (c.accepted, "accept", False),
        (c.suspended, "resume_suspension", True), (c.accepted, "resume_suspension", False),
        (c.rejected, "resume_review", True), (c.accepted, "resume_review", True), (c.served, "resume_review", False),
    ],
)  # fmt: skip
def test_which_superior_order_fits(make: Make, kind: str, fits: bool) -> None:
    decision = make().try_("superior_order", "2024-03-10", kind=kind)
    assert [problem.code for problem in problems(decision)] == ([] if fits else ["order_unfit"])


def test_a_conversion_after_the_short_term_is_flagged() -> None:
    case = c.simplified()
    case.do("send_copy", "2024-02-02", party="某局", served_on="2024-02-02")
    late = case.do("convert_to_ordinary", "2024-03-05", reason="案情复杂")
    assert "conversion_late" in [warning.code for warning in late.warnings]


def test_who_has_not_been_heard_is_flagged() -> None:
    case = c.accepted()
    case.do("hear_opinions", "2024-02-20", party="申请人甲", mode="phone", record="记录")
    decision = case.do("decide", "2024-03-01", decision_type="uphold")
    assert [(w.code, w.params["names"]) for w in decision.warnings] == [("views_missing", ["某局"])]


def test_a_supplement_is_asked_once() -> None:
    case = c.supplementing()
    case.do("submit_supplement", "2024-02-08", received_on="2024-02-08")
    assert codes(case.try_("request_supplement", "2024-02-09", items=["授权书"], issued_on="2024-02-09")) == [
        "supplement_again",
        "supplement_late",
    ]


def test_an_unserved_supplement_notice_cannot_lapse() -> None:
    case = c.received("2023-03-01")
    case.do(
        "request_supplement", "2023-03-03", items=["身份证明"], issued_on="2023-03-03", due_on="2023-03-20"
    )
    assert codes(case.try_("mark_abandoned", "2023-03-15", reason="无正当理由")) == ["supplement_not_served"]


def test_a_case_taken_over_without_its_notice_cannot_be_abandoned() -> None:
    case = c.new()
    case.do(
        "opening_balance",
        "2024-02-20",
        stage="supplementing",
        facts={"complete_on": "2024-01-31"},
        gaps=["补正通知"],
    )
    assert codes(case.try_("mark_abandoned", "2024-02-27", reason="无正当理由")) == ["supplement_not_served"]


def test_an_extension_is_given_once() -> None:
    case = c.accepted()
    case.do("extend_review", "2024-03-01", days=10)
    assert codes(case.try_("extend_review", "2024-03-02", days=10)) == ["extension_again"]


def test_a_mandatory_hearing_must_be_held_and_the_committee_asked() -> None:
    case = c.heard()
    case.do("notify_hearing", "2024-03-01", **c.hearing(mandatory=True))
    assert codes(case.try_("decide", "2024-03-18", decision_type="uphold")) == [
        "hearing_not_held",
        "committee_not_consulted",
    ]
    held = case.do("hold_hearing", "2024-03-15", respondent_head_present=False)
    assert [w.code for w in held.warnings] == ["head_absent"]
    case.do("consult_committee", "2024-03-16", ground=1)
    assert codes(case.try_("decide", "2024-03-18", decision_type="uphold")) == ["committee_not_consulted"]
    case.do("consult_committee", "2024-03-17", ground=1, opinion="建议维持")
    assert case.try_("decide", "2024-03-18", decision_type="uphold")


def test_electronic_service_needs_consent() -> None:
    case = c.received(e_service_consent=False)
    case.do("accept", "2024-01-31", accepted_on="2024-01-31", conditions_met=c.SEVEN)
    case.do("hear_opinions", "2024-02-20", mode="phone", record="记录")
    case.do("decide", "2024-03-01", decision_type="uphold")
    refused = case.try_(
        "serve_decision", "2024-03-05", party="申请人甲", method="electronic", served_on="2024-03-05"
    )
    assert codes(refused) == ["e_service_refused"]
    # whose consent it was: the respondent, an organ, is served as it wishes
    assert case.try_(
        "serve_decision", "2024-03-05", party="某局", method="electronic", served_on="2024-03-05"
    )


def test_closing_waits_for_performance() -> None:
    case = c.heard()
    case.do("decide", "2024-03-01", decision_type="revoke", remake=True)
    for party in c.PEOPLE:
        case.do("serve_decision", "2024-03-05", party=party, served_on="2024-03-05")
    assert codes(case.try_("close", "2024-03-25")) == ["performance_open"]
    case.do("record_performance", "2024-03-22", performed_on="2024-03-22")
    assert case.try_("close", "2024-03-25")


def test_closing_waits_for_performance_under_the_old_law_too() -> None:
    case = c.old()
    case.do("decide", "2023-03-20", decision_type="revoke", remake=True)
    for party in c.PEOPLE:
        case.do("serve_decision", "2023-03-22", party=party, served_on="2023-03-22")
    (problem,) = problems(case.try_("close", "2023-04-10"))
    assert (problem.code, str(problem.cite)) == ("performance_open", OLD_LAW + "第三十二条第一款")


def test_closing_names_the_party_whose_time_to_sue_runs() -> None:
    open_ = problems(c.served().try_("close", "2024-03-20"))
    assert [(p.code, p.params["party"], str(p.params["due"])) for p in open_] == [
        ("lawsuit_still_open", "申请人甲", "2024-03-20"), ("lawsuit_still_open", "某局", "2024-03-21"),
    ]  # fmt: skip


def test_what_is_flagged_but_not_forbidden() -> None:
    case = c.accepted()
    case.do("send_copy", "2024-02-20", party="某局", served_on="2024-02-20")
    late = case.do(
        "receive_reply", "2024-03-20", party="某局", received_on="2024-03-20", collected_during_review=True
    )
    assert [w.code for w in late.warnings] == ["self_collected", "reply_late"]
    case.do("hear_opinions", "2024-03-21", mode="phone", record="记录")
    decision = case.do("decide", "2024-04-10", decision_type="no_evidence")
    assert [w.code for w in decision.warnings] == ["decided_late"]


@pytest.mark.parametrize(
    ("make", "action", "role", "allowed"),
    [
        (c.accepted, "extend_review", "body_head", True), (c.accepted, "extend_review", "organ_head", False),
        (c.old, "extend_review", "organ_head", True), (c.old, "extend_review", "body_head", False),
        (c.heard, "decide", "organ_head", True), (c.heard, "decide", "handler", False),
        (c.received, "accept", "section_head", True), (c.received, "accept", "handler", False),
    ],
)  # fmt: skip
def test_who_signs(make: Make, action: str, role: str, allowed: bool) -> None:
    data: dict[str, Any] = {
        "extend_review": {"days": 10},
        "decide": {"decision_type": "uphold"},
        "accept": accept(),
    }[action]
    day = "2023-03-20" if make is c.old else "2024-02-25" if action != "accept" else "2024-02-06"
    decision = make().try_(action, day, ctx=acting(role), **data)
    assert bool(decision) is allowed, decision


# ------------------------------------------------------------------------------ articles by version


def silent(make: Make, day: str) -> Make:
    """The respondent's copy was served and nothing came back yet."""

    def build() -> Case:
        case = make()
        case.do("send_copy", day, party="某局", served_on=day)
        return case

    return build


def told(make: Make, **answers: Any) -> Make:
    """What registers and other cases answer."""

    def build() -> Case:
        case = make()
        case.answers = c.FREE | answers
        return case

    return build


def unqualified(make: Make) -> Make:
    return told(make, handler_unqualified=("甲",))


def withdrawn(make: Make) -> Make:
    return told(make, withdrawn_before=("穗府行复〔2023〕9号",))


TWO = {"handlers": ["甲", "乙"]}
LATE_REPLY = {"received_on": "2023-03-20"}


@pytest.mark.parametrize(
    ("make", "action", "day", "data", "code", "article"),
    [
        (unqualified(c.old), "assign_handler", "2023-03-02", TWO, "handler_unqualified", OLD_LAW + "第三条第二款"),
        (unqualified(c.accepted), "assign_handler", "2024-02-01", TWO, "handler_unqualified", NEW_LAW + "第六条第二款"),
        (c.old, "superior_order", "2023-03-10", {"kind": "accept"}, "order_unfit", REGULATION + "第三十一条"),
        (withdrawn(c.old_received), "accept", "2023-03-06", accept(), "withdrawn_before", REGULATION + "第三十八条第二款"),
        (withdrawn(c.received), "accept", "2024-02-06", accept(), "withdrawn_before", NEW_LAW + "第七十四条第二款"),
        (c.accepted, "superior_order", "2024-03-10", {"kind": "accept"}, "order_unfit", NEW_LAW + "第三十五条"),
        (c.old, "hold_hearing", "2023-03-10", {"respondent_head_present": True}, "hearing_not_noticed", REGULATION + "第三十三条"),
        (c.accepted, "hold_hearing", "2024-03-10", {"respondent_head_present": True}, "hearing_not_noticed", NEW_LAW + "第五十一条第一款"),
    ],
)  # fmt: skip
def test_articles_of_refusals(make: Make, action: str, day: str, data: Any, code: str, article: str) -> None:
    found = {p.code: str(p.cite) for p in problems(make().try_(action, day, **data))}
    assert found.get(code) == article, found


@pytest.mark.parametrize(
    ("make", "action", "day", "data", "code", "article"),
    [
        (silent(c.old, "2023-03-02"), "receive_reply", "2023-03-09", {"party": "某局", "received_on": "2023-03-09", "collected_during_review": True},
         "self_collected", OLD_LAW + "第二十四条"),
        (silent(c.accepted, "2024-02-02"), "receive_reply", "2024-02-20",
         {"party": "某局", "received_on": "2024-02-20", "collected_during_review": True}, "self_collected", NEW_LAW + "第四十六条第一款"),
        (silent(c.simplified, "2024-02-02"), "convert_to_ordinary", "2024-03-05", {"reason": "案情复杂"}, "conversion_late", NEW_LAW + "第六十二条第二款"),
        (c.old, "decide", "2023-06-05", {"decision_type": "uphold"}, "decided_late", OLD_LAW + "第三十一条第一款"),
        (c.heard, "decide", "2024-04-10", {"decision_type": "uphold"}, "decided_late", NEW_LAW + "第六十二条"),
    ],
)  # fmt: skip
def test_articles_of_warnings(make: Make, action: str, day: str, data: Any, code: str, article: str) -> None:
    found = {w.code: str(w.cite) for w in make().do(action, day, **data).warnings}
    assert found.get(code) == article, found


def test_a_conversion_on_the_last_day_is_in_time() -> None:
    due = c.simplified().view.due("review_decision")
    assert due is not None
    for days, late in ((0, False), (1, True)):
        case = c.simplified()
        on = (due + timedelta(days=days)).isoformat()
        warnings = [w.code for w in case.do("convert_to_ordinary", on, reason="案情复杂").warnings]
        assert ("conversion_late" in warnings) is late


def test_a_reply_posted_on_the_last_day_is_in_time() -> None:
    due = silent(c.accepted, "2024-02-02")().view.due("respondent_reply", "某局")
    assert due is not None
    for days, late in ((0, False), (1, True)):
        case = silent(c.accepted, "2024-02-02")()
        posted, came = (due + timedelta(days=n) for n in (days, days + 3))
        data = {"received_on": came.isoformat(), "posted_on": posted.isoformat()}
        warnings = [w.code for w in case.do("receive_reply", came.isoformat(), party="某局", **data).warnings]
        assert ("reply_late" in warnings) is late
