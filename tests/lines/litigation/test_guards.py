"""Every guard of litigation: what is allowed, what is refused, with which code and article."""

from typing import Any

import pytest

from tests.lines import golden
from tests.lines.litigation import cases as c
from tests.lines.litigation.cases import codes
from tests.lines.litigation.rows_court import AFTER, HEARING, JUDGMENT
from tests.lines.litigation.rows_intake import ANSWERING, REGISTRATION
from yifa.language.acts import Allowed, Decision, Problem, Refused
from yifa.language.messages import render
from yifa.lines.litigation import LITIGATION

TABLE = REGISTRATION + ANSWERING + HEARING + JUDGMENT + AFTER


def problems(decision: Any) -> tuple[Problem, ...]:
    return decision.problems if isinstance(decision, Refused) else ()


@pytest.mark.parametrize(
    ("make", "action", "day", "data", "refusal"),
    TABLE,
    ids=[f"{i}-{row[1]}-{row[4] or 'ok'}" for i, row in enumerate(TABLE)],
)
def test_guards(make: c.Make, action: str, day: str, data: dict[str, Any], refusal: str | None) -> None:
    decision = make().try_(action, day, **data)
    if refusal is None:
        assert isinstance(decision, Allowed), decision
    else:
        assert refusal in codes(decision)
    for problem in problems(decision):
        assert "{" not in render(problem, LITIGATION.messages)


def test_the_table_reaches_every_article_listed() -> None:
    decisions = (make().try_(action, day, **data) for make, action, day, data, _ in TABLE)
    assert not golden.unreached(c.GOLDEN, (*decisions, *more()))


def test_every_guard_code_is_in_a_table() -> None:
    from tests.lines.test_every_line import refusals

    tested = {row[4] for row in TABLE} | {row[4] for row in WARNED} | {code for code, _ in ELSEWHERE}
    assert set(refusals("litigation")) <= tested


# ------------------------------------------------------------------------------ what is flagged, not forbidden

Flag = tuple[c.Make, str, str, dict[str, Any], str | None]
REVIEWER = {"id": "区政府", "role": "reconsideration"}
WARNED: list[Flag] = [
    (c.new, "register_case", "2024-03-04", c.suit(wrong_defendant="行为由街道办作出"), "defendant_doubtful"),
    (c.new, "register_case", "2024-03-04", c.suit(defendants=[REVIEWER], reconsideration_outcome="none"), "defendant_doubtful"),
    (c.new, "register_case", "2024-03-04", c.suit(defendants=[REVIEWER], reconsideration_outcome="change"), None),
    (c.new, "register_case", "2024-03-04", c.suit(court_level="basic", defendants=[{"id": "市政府", "level": "city"}]), "court_level_doubtful"),
    (c.new, "register_case", "2024-03-04", c.suit(court_level="intermediate", defendants=[{"id": "市政府", "level": "city"}]), None),
    (c.new, "register_case", "2024-03-04", c.suit(court_level="basic"), None),  # nobody said of what level the defendant is
    (c.new, "register_case", "2024-03-04", c.suit(court_level="high", defendants=[{"id": "市政府", "level": "city"}]), None),
    (c.new, "register_case", "2024-03-04", c.suit(is_major=True), "officer_expected"),
    (c.answering, "file_answer", "2024-03-19", {"evidence": ["证据一"]}, None),
    (c.answering, "file_answer", "2024-03-20", {"evidence": ["证据一"]}, "answer_overdue"),
    (c.answering, "file_answer", "2024-03-22", {"evidence": ["证据一"], "posted_on": "2024-03-19"}, None),
    (c.deferred, "file_evidence", "2024-03-29", {"evidence": ["证据二"]}, None),
    (c.deferred, "file_evidence", "2024-04-01", {"evidence": ["证据二"]}, "deferred_overdue"),
    (c.answered, "set_hearing", "2024-05-06", {"hearing_at": "2024-05-08T09:30", "summons_received_on": "2024-05-06"}, "summons_late"),
    (c.answered, "set_hearing", "2024-05-06", {"hearing_at": "2024-05-09T09:30", "summons_received_on": "2024-05-06"}, None),
    (c.simplified, "set_hearing", "2024-03-25", {"hearing_at": "2024-03-26T09:30", "summons_received_on": "2024-03-25"}, "answer_outstanding"),
    (c.summoned, "record_hearing", "2024-05-15", {"held_on": "2024-05-15", "staff": ["甲"]}, "officer_did_not_come"),
    (c.summoned, "record_hearing", "2024-05-15", c.came(officer_kind="subordinate"), "officer_did_not_come"),
    (c.excused, "record_hearing", "2024-05-15", {"held_on": "2024-05-15", "staff": ["甲"]}, None),
    (c.summoned, "record_hearing", "2024-05-15", c.came(spoke_on_substance=False), "officer_silent"),
    (c.summoned, "record_hearing", "2024-05-15", c.came(), None),
    (lambda: c.judged(services={"原告甲": "2024-08-05"}), "receive_appeal", "2024-08-26", {"party": "原告甲", "filed_on": "2024-08-22"}, "their_appeal_late"),
    (c.judged, "receive_appeal", "2024-08-20", {"party": "原告甲", "filed_on": "2024-08-20"}, None),
    (c.to_perform, "record_performance", "2024-12-02", {"done_on": "2024-10-31"}, "performed_early"),
    (c.to_perform, "record_performance", "2024-12-02", {"done_on": "2024-11-01"}, None),
    (c.answering, "receive_suggestion", "2024-04-01", {"kind": "governance"}, "suggestion_undated"),
    (c.answering, "receive_suggestion", "2024-04-01", {"kind": "governance", "stated_due": "2024-05-31"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("make", "action", "day", "data", "flag"), WARNED)
def test_flags(make: c.Make, action: str, day: str, data: dict[str, Any], flag: str | None) -> None:
    allowed = make().do(action, day, **data)
    golden.codes(allowed, c.GOLDEN)
    assert [w.code for w in allowed.warnings] == ([] if flag is None else [flag])


def more() -> tuple[Decision, ...]:
    """What warnings and longer cases name."""
    flags = (make().do(action, day, **data) for make, action, day, data, _ in WARNED)
    return (*flags, *(decide() for _, decide in ELSEWHERE))


# ------------------------------------------------------------------------------ guards that need more than a row


def busy() -> Any:
    case = c.summoned()
    case.answers = {"officer_time": ("穗府行应〔2024〕7号",)}
    return case.try_("nominate_officer", "2024-05-08", officer="局长", post="局长", kind="principal")


def final_appeal() -> Any:
    """A ruling that cannot be appealed is effective at once; registered wrongly as judged, it is still refused."""
    case = c.ruled("other")
    case.view = case.view.copy()
    case.view.stage = "judged"
    return case.try_("decide_appeal", "2024-08-06", appeal=True, reasons="认定事实不清")


def closing_all(day: str = "2024-08-10") -> Any:
    """Everything open at once: appeal, performance, suggestion, payment, analysis."""
    case = c.judged(result="compensation", performance_due="2024-12-31")
    case.do("receive_suggestion", "2024-08-06", kind="normative", received_on="2024-08-06")
    case.do("claim_payment", "2024-08-06", received_on="2024-08-06")
    case.view = case.view.copy()
    case.view.stage = "effective"

    return case.try_("close", day)


ELSEWHERE = (
    ("officer_busy", busy), ("ruling_final", final_appeal), ("appeal_still_open", closing_all), ("suggestion_open", closing_all),
    ("payment_open", closing_all),
)  # fmt: skip


@pytest.mark.parametrize(("code", "decide"), ELSEWHERE)
def test_guards_that_need_more(code: str, decide: Any) -> None:
    assert code in codes(decide())


def test_closing_names_everything_still_open_at_once() -> None:
    assert codes(closing_all()) == [
        "appeal_still_open",
        "appeal_still_open",
        "suggestion_open",
        "payment_open",
        "loss_not_analysed",
    ]


@pytest.mark.parametrize(
    ("day", "parties"),
    [
        ("2024-08-16", ["某局", "原告甲"]),
        ("2024-08-19", ["原告甲"]),
        ("2024-08-20", ["原告甲"]),
        ("2024-08-21", []),
    ],
)
def test_closing_names_who_may_still_appeal(day: str, parties: list[str]) -> None:
    open_ = [p for p in problems(closing_all(day)) if p.code == "appeal_still_open"]
    assert [p.params["party"] for p in open_] == parties


@pytest.mark.parametrize(("principal", "named"), [(None, "被告"), ("某局", "某局")])
def test_for_whom_there_are_too_many_agents(principal: str | None, named: str) -> None:
    three = [{"id": name} | ({"principal": principal} if principal else {}) for name in "甲乙丙"]
    (problem,) = problems(c.new().try_("register_case", "2024-03-04", **c.suit(agents=three)))
    assert (problem.code, problem.params["principal"]) == ("too_many_agents", named)


@pytest.mark.parametrize(
    ("kind", "article"),
    [("delegated", "第二条第二款"), ("subordinate", "第二条第二款"), ("staff", "第二条第一款")],
)
def test_why_somebody_is_no_officer(kind: str, article: str) -> None:
    """INT 128(1) and HEAD 2(1) say who is; HEAD 2(2) says that heads of other bodies are not."""
    decision = c.summoned().try_("nominate_officer", "2024-05-08", officer="某人", post="某职", kind=kind)
    (problem,) = problems(decision)
    assert str(problem.cite).endswith(article)


def test_who_has_not_answered_is_named() -> None:
    decision = c.simplified().do(
        "set_hearing", "2024-03-25", hearing_at="2024-03-26T09:30", summons_received_on="2024-03-25"
    )
    assert [w.params["name"] for w in decision.warnings] == ["某局"]


def test_who_was_served_before_is_named() -> None:
    again = {"party": "原机关", "complaint_received_on": "2024-03-08"}
    (problem,) = problems(c.two_defendants().try_("receive_complaint", "2024-03-08", **again))
    assert problem.params["name"] == "原机关"


def test_bad_input_is_told_all_at_once_with_article_and_next_step() -> None:
    data = c.suit(complaint_received_on="2024-02-01", agents=[{"id": n} for n in "甲乙丙"], plaintiffs=["某局"], case_kind="compensation",
                  defendants=[{"id": "某局", "role": "original"}], reconsideration_outcome="uphold")  # fmt: skip
    decision = c.new(court_instance=("穗府行应〔2024〕1号",)).try_("register_case", "2024-03-04", **data)
    assert set(codes(decision)) == {
        "court_case_no_taken", "receipt_implausible", "both_sides", "too_many_agents", "amount_missing", "reconsideration_organ_missing",
    }  # fmt: skip
    for problem in problems(decision):
        message = LITIGATION.messages[problem.code]
        assert problem.cite is not None
        assert message.next
