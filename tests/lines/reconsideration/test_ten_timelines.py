"""The ten timelines by which the semantics of the language were settled, on the real line."""

from datetime import date

from tests.kernel import ENV, Case, D
from tests.lines.reconsideration import cases as c
from tests.lines.reconsideration.cases import codes
from yifa.engine import derive
from yifa.language.acts import ClaimRequest, Context, Event, Refused
from yifa.lines.reconsideration import RECONSIDERATION


def on(day: str) -> Context:
    return Context(today=D(day))


def test_1_received_and_nobody_acts() -> None:
    """Five working days pass, no tick ran: accepted by law on the fifth day (L23 30(3))."""
    found = derive(RECONSIDERATION, c.received().view.events, D("2024-02-07"), ENV)
    assert (found.stage, found.view.facts["accepted_on"]) == ("reviewing", D("2024-02-06"))
    review = found.reading("review_decision")
    assert review is not None
    assert (review.due, review.status) == (D("2024-04-07"), "running")
    assert derive(RECONSIDERATION, c.received().view.events, D("2024-02-06"), ENV).stage == "received"


def test_2_a_refusal_dated_before_but_recorded_after_the_deemed_acceptance() -> None:
    case = Case(RECONSIDERATION, ENV, c.FREE)
    case.do("receive_application", "2024-03-01", ctx=on("2024-03-01"), **c.application("2024-03-01"))
    noting = Event(1, "deem_accepted", D("2024-03-09"), recorded_on=D("2024-03-09"))
    refusal = case.do(
        "refuse", "2024-03-07", ctx=on("2024-03-12"), condition=2, reason="没有利害关系"
    ).events[0]
    log = (case.view.events[0], noting, refusal._replace(seq=2))
    before = derive(RECONSIDERATION, log, D("2024-03-11"), ENV, known_at=D("2024-03-11"))
    after = derive(RECONSIDERATION, log, D("2024-03-12"), ENV, known_at=D("2024-03-12"))
    assert (before.stage, before.findings) == ("reviewing", ())
    assert after.stage == "refused"
    assert [f.code for f in after.findings] == ["noting_superseded"]


def test_3_a_service_date_corrected_after_the_lawsuit() -> None:
    case = c.served()
    case.do("record_lawsuit", "2024-03-20", party="申请人甲", filed_on="2024-03-20")
    met = [i.state for i in case.view.clocks["sue_after_decision"] if i.subject == "申请人甲"]
    assert met == ["met"]
    target = next(e.seq for e in case.view.events if e.action == "serve_decision" and e.party == "申请人甲")
    case.do(
        "correct",
        "2024-03-25",
        target=target,
        changes={"served_on": "2024-03-02", "effective_on": "2024-03-02"},
        reason="回证日期有误",
    )
    late = [i.state for i in case.view.clocks["sue_after_decision"] if i.subject == "申请人甲"]
    assert late == ["late"]


def test_4_two_overlapping_pauses_are_united() -> None:
    case = c.accepted("2024-03-18")
    case.do("start_appraisal", "2024-04-10", start="2024-04-10")
    case.do("suspend", "2024-04-20", ground=5)
    case.do("end_appraisal", "2024-05-09", end="2024-05-09")
    assert case.view.due("review_decision") is None
    case.do("resume", "2024-05-15")
    assert case.view.due("review_decision") == D("2024-06-21")  # 17 May and 35 days, counted once


def test_5_two_respondents_one_silent() -> None:
    case = c.accepted(respondents=["某局", "某委"])
    for party in ("某局", "某委"):
        case.do("send_copy", "2024-02-20", party=party, served_on="2024-02-20")
    case.do("receive_reply", "2024-03-01", party="某局", received_on="2024-03-01")
    found = derive(RECONSIDERATION, case.view.events, D("2024-03-10"), ENV)
    assert [(e.code, e.subject) for e in found.effects] == [("no_evidence", "某委")]
    assert {r.subject: r.status for r in found.readings if r.clock == "respondent_reply"} == {
        "某局": "met",
        "某委": "lapsed",
    }


def test_6_a_third_party_joined_late_has_its_own_periods() -> None:
    case = c.heard()
    case.do("join_third_party", "2024-02-25", party="第三人丙")
    case.do("decide", "2024-03-01", decision_type="uphold")
    for party, day in (("申请人甲", "2024-03-05"), ("某局", "2024-03-05")):
        case.do("serve_decision", day, party=party, served_on=day)
    assert case.view.stage == "decided"  # the third party is still waited for
    case.do("serve_decision", "2024-03-11", party="第三人丙", served_on="2024-03-11")
    assert case.view.stage == "served"
    due = {i.subject: i.due.due for i in case.view.live("sue_after_decision")}
    assert due == {"申请人甲": D("2024-03-20"), "某局": D("2024-03-20"), "第三人丙": D("2024-03-26")}


def test_7_a_superior_order_after_a_refusal_reopens_and_takes_the_claim_again() -> None:
    case = c.received()
    case.do("refuse", "2024-02-06", condition=2, reason="没有利害关系")
    assert case.view.is_closed
    allowed = case.do(
        "superior_order", "2024-03-01", kind="accept", on="2024-03-01", order_no="某府〔2024〕3号"
    )
    assert [type(claim) for claim in allowed.claims] == [ClaimRequest]
    assert case.view.stage == "reviewing"
    assert case.view.due("review_decision") == D("2024-04-30")
    assert case.view.facts["procedure"] == "ordinary"  # the decision names it
    old = c.received("2023-03-01")
    old.do("refuse", "2023-03-03", condition=2, reason="没有利害关系")
    old.do("superior_order", "2023-04-03", kind="accept", on="2023-04-03", order_no="某府〔2023〕3号")
    assert (old.view.version, old.view.facts["procedure"]) == ("2017", "legacy")


def test_8_received_in_december_accepted_by_click_in_january() -> None:
    case = c.received("2023-12-28")
    assert (case.view.version, case.view.version_final) == ("2017", False)
    case.do("accept", "2024-01-03", accepted_on="2024-01-03", conditions_met=c.SEVEN)
    assert (case.view.version, case.view.version_final) == ("2017", True)
    assert case.view.facts["accepted_on"] == D("2023-12-28")
    assert case.view.due("review_decision") == D("2024-02-26")
    refused = case.try_("hear_opinions", "2024-01-10", mode="phone", record="x")
    assert codes(refused) == ["not_in_version"]
    late = case.try_("refuse", "2024-01-10", condition=2, reason="没有利害关系")
    assert isinstance(late, Refused)
    assert str(late.problems[0].cite) == "《行政复议法》(2017)第十七条第一款"  # the old law alone


def test_9_a_hand_over_in_mid_clock_changes_no_date() -> None:
    case = c.accepted()
    due = case.view.due("review_decision")
    case.do("hand_over", "2024-02-25", to_organ="某区政府")
    assert (case.view.organ, case.view.due("review_decision")) == ("某区政府", due)
    case.do("extend_review", "2024-03-01", days=30)
    assert case.view.due("review_decision") == date(2024, 4, 30)


def test_10_the_same_dispute_at_two_windows_asks_for_the_same_claim() -> None:
    claims = []
    for window in ("W1", "W2"):
        case = c.received(channel="window", window_code=window)
        case.do("receive_transfer", "2024-02-01", received_on="2024-02-01")
        claims.append(
            case.do("accept", "2024-02-05", accepted_on="2024-02-05", conditions_met=c.SEVEN).claims
        )
    assert claims[0] == claims[1] != ()
