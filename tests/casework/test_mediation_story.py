"""Mediations through the door on PostgreSQL: from intake to performance; a failure that leads to the next door."""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from tests.casework.support import TestWorld, application
from tests.documents.telling import SETTING
from yifa.casework import proposals, store
from yifa.casework.codec import canonical, unseal
from yifa.casework.drafts import Hand
from yifa.casework.models import Case, EventRow, Outbox
from yifa.casework.outbox import place
from yifa.casework.requests import Answer, Ask, Done, NotDone
from yifa.casework.services import perform
from yifa.documents.derivation import Matter, document
from yifa.documents.mediation import PAPERS
from yifa.engine import advance, refold
from yifa.language.acts import Actor, Command, Event, ParameterValues
from yifa.language.kernel_actions import with_dates
from yifa.ledger.chain import ChainRow, verify_chain
from yifa.lines.mediation import MEDIATION
from yifa.registers import services as registers
from yifa.registers.requests import Ask as Change

pytestmark = pytest.mark.django_db(transaction=True)
MEDIATOR = Actor("甲", frozenset({"mediator"}), "gz")
HEAD = Actor("主任", frozenset({"committee_head"}), "gz")
BUREAU = Actor("区局", frozenset({"bureau"}), "gz")
CLERK = Actor("窗口", frozenset({"window_clerk", "handler"}), "gz")
SIDES = [
    {"id": "p-1", "name": "测试甲", "side": "first", "contact": "00000000001", "address": "样本路1号"},
    {"id": "p-2", "name": "测试乙", "side": "second", "contact": "00000000002", "address": "样本路2号"},
]
AGREE = [{"party": "p-1", "agrees": True}, {"party": "p-2", "agrees": True}]
SIGNED = dict.fromkeys(("parties_signed_on", "mediator_signed_on", "sealed_on"), "2024-03-12")
PENALTY = {"type": "penalty", "doc_no": "某罚〔2024〕1号", "made_on": "2024-01-15"}
MEDIATORS = "mediation.mediator"
Act = Callable[..., Answer]


@pytest.fixture
def world() -> TestWorld:
    found = TestWorld(timezone.make_aware(datetime(2024, 3, 6, 9)))
    table = {
        **found.env.parameters.table,
        "mediation_subsidy_table": ((date.min, {"general": 200}, "测试标准"),),
    }
    found.env = found.env._replace(parameters=ParameterValues(table))
    return found


@pytest.fixture
def act(world: TestWorld) -> Act:
    """act("register", "2024-03-06", case, data…), as mediator unless said otherwise."""

    def do(
        action: str,
        day: str,
        case: UUID | None = None,
        who: Actor = MEDIATOR,
        line: str = "mediation",
        **data: Any,
    ) -> Answer:
        on = date.fromisoformat(day)
        world.moment = max(world.moment, timezone.make_aware(datetime(on.year, on.month, on.day, 10)))
        return perform(Ask(Command(action, on, data), who, str(uuid4()), line, case, "gz"), world)

    return do


def did(answer: Answer) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def codes(answer: Answer) -> list[str]:
    assert isinstance(answer, NotDone), answer
    return [problem.code for problem in answer.problems]


def begun(act: Act, **changes: Any) -> UUID:
    """Registered, agreed to by both, accepted by the head, begun."""
    form = {
        "parties": SIDES,
        "dispute_type": "neighbour",
        "facts": "楼上漏水",
        "claim": "修复并赔偿",
        "consent": AGREE,
        **changes,
    }
    case = did(act("register", "2024-03-06", **form)).case
    did(act("ask_consent", "2024-03-06", case))
    assert codes(act("accept", "2024-03-06", case, mediators=["m-1"])) == ["not_authorised"]
    did(act("accept", "2024-03-06", case, HEAD, mediators=["m-1"]))
    did(act("start", "2024-03-07", case, record="首次调解笔录"))
    return case


def put_out(case: UUID, kind: str, world: TestWorld) -> list[dict[str, Any]]:
    """What the case has put out of one kind, opened."""
    rows = Outbox.objects.filter(case_id=case, kind=kind).order_by("id")
    return [json.loads(world.open(bytes(row.body), place(case, row.seq))) for row in rows]


def log(case: UUID, world: TestWorld) -> tuple[Event, ...]:
    return tuple(unseal(row, MEDIATION, world) for row in store.events_of(case))


# ----------------------------------------------------------------------------------- from intake to performance


def performed(act: Act) -> UUID:
    case = begun(act)
    did(
        act(
            "agree_written",
            "2024-03-12",
            case,
            content="乙赔偿三千元",
            facts="漏水属实",
            performance_due_on="2024-04-10",
            **SIGNED,
        )
    )
    did(
        act(
            "apply_confirm",
            "2024-03-20",
            case,
            court="示例区人民法院",
            applicants=["p-1", "p-2"],
            seat="body",
        )
    )
    did(act("confirm_result", "2024-04-02", case, result="valid", ruled_on="2024-04-01"))
    did(act("follow_up", "2024-04-11", case, performed="full", performed_on="2024-04-09"))
    did(act("close", "2024-04-15", case, HEAD))
    return case


def test_a_mediation_from_intake_to_performance(act: Act, world: TestWorld) -> None:
    case = performed(act)
    row = Case.objects.get(id=case)
    assert (row.number, row.stage, row.closed, row.version) == (
        "穗府调登〔2024〕1号",
        "closed_performed",
        True,
        "confirm-2024",
    )
    assert (row.facts["outcome"], row.facts["agreed_on"], row.facts["performed_in_time"]) == (
        "agreed",
        "2024-03-12",
        True,
    )
    due = {clock.clock: (clock.due, clock.state) for clock in row.clocks.all()}
    assert due["term_general"] == ("2024-04-06", "met")
    assert due["confirm_apply"] == ("2024-04-11", "met")
    assert due["follow_up"] == ("2024-04-11", "met")
    issued = [item["document"] for item in put_out(case, "document", world)]
    assert issued == ["med_register", "med_record", "med_agreement", "med_confirm_app", "med_visit"]


def test_a_subsidy_after_the_archive_and_only_once(act: Act) -> None:
    case = performed(act)
    grant = {"mediator": "m-1", "grade": "general", "amount": 200}
    assert codes(act("grant_subsidy", "2024-05-06", case, HEAD, **grant)) == ["not_authorised"]
    did(act("grant_subsidy", "2024-05-06", case, BUREAU, **grant))
    assert codes(act("grant_subsidy", "2024-05-07", case, BUREAU, **grant)) == ["subsidised_already"]
    did(act("pay_subsidy", "2024-05-08", case, BUREAU))


def test_what_is_kept_gives_the_same_case_and_its_chain_verifies(act: Act, world: TestWorld) -> None:
    case = performed(act)
    rows = [ChainRow(str(case), e.seq + 1, bytes(e.commitment), bytes(e.head)) for e in store.events_of(case)]
    assert verify_chain(rows, bytes(Case.objects.get(id=case).head)) == []
    again = refold(MEDIATION, world.env, log(case, world))
    assert again.stage == "closed_performed"
    assert canonical(again.facts) == Case.objects.get(id=case).facts


def test_its_agreement_can_be_drawn_up_again_from_the_log(act: Act, world: TestWorld) -> None:
    events = log(performed(act), world)
    at = next(n for n, event in enumerate(events) if event.action == "agree_written")
    views = [refold(MEDIATION, world.env, events[:n]) for n in (at, at + 1)]
    made = document(PAPERS, "med_agreement", Matter(*views, events[at], SETTING))
    assert "乙赔偿三千元" in str(made.blocks)
    assert "2024年4月10日前履行完毕" in str(made.blocks)


def test_people_stand_only_in_what_is_encrypted(act: Act) -> None:
    performed(act)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM casework_case c UNION ALL SELECT row_to_json(e)::text FROM casework_event e "
                       "UNION ALL SELECT row_to_json(o)::text FROM casework_outbox o")  # fmt: skip
        text = " ".join(row[0] for row in cursor.fetchall())
    for secret in ("测试甲", "样本路", "00000000001", "漏水"):
        assert secret not in text


def test_the_register_says_who_may_mediate_on_the_day(act: Act, world: TestWorld) -> None:
    """m-1 is active, m-2 suspended from 5 March; a person the register does not know is the head's to vouch for."""
    office = Actor("司法所", frozenset({"justice_office"}), "gz")
    row = {"adult": True, "committee": "zl-1", "valid_from": "2023-01-01"}
    for number, name in (("m-1", "测试丁"), ("m-2", "测试戊")):
        assert registers.perform(
            Change(MEDIATORS, "enter", office, None, {"id": number, "name": name, **row}, state="active"),
            world.now(),
        )
    assert registers.perform(
        Change(
            MEDIATORS, "move", office, date(2024, 3, 5), {"id": "m-2", "sanctions": "停任"}, move="suspend"
        ),
        world.now(),
    )
    case = did(
        act(
            "register",
            "2024-03-04",
            parties=SIDES,
            dispute_type="neighbour",
            facts="漏水",
            claim="修复",
            consent=AGREE,
        )
    ).case
    did(act("ask_consent", "2024-03-04", case))
    assert codes(act("accept", "2024-03-06", case, HEAD, mediators=["m-1", "m-2"])) == ["mediator_inactive"]
    did(act("accept", "2024-03-06", case, HEAD, mediators=["m-1", "m-3"]))
    stored = log(case, world)[-1].facts
    assert stored["mediators"] == [{"id": "m-1", "adult": True, "state": "active"}]
    assert "测试丁" not in str(stored)


# ----------------------------------------------------------------------------- a failure leading to the next door


def test_a_labour_dispute_fails_and_is_sent_to_arbitration_in_time(act: Act, world: TestWorld) -> None:
    case = begun(act, dispute_type="labour", facts="拖欠工资", claim="支付工资", infringed_on="2023-04-01")
    failed = did(act("fail", "2024-03-22", case))
    warned = {warning.code: warning.params for warning in failed.warnings}
    assert warned["limit_near"]["due"] == date(2024, 4, 1)
    assert warned["limit_near"]["left"] == 10
    assert warned["next_doors"]["doors"] == "劳动仲裁"
    assert put_out(case, "document", world)[-1] == {"document": "med_fail"}
    row = Case.objects.get(id=case)
    assert (row.stage, row.closed, row.facts["outcome"]) == ("closed_failed", True, "failed")
    assert (
        row.clocks.get(clock="other_routes").state == "running"
    )  # the limit next door goes on after the file is closed
    did(act("take_route", "2024-03-29", case, forum="labour_arbitration", filed_on="2024-03-29"))
    assert row.clocks.get(clock="other_routes").state == "met"


def test_an_act_of_an_organ_goes_to_reconsideration_and_both_files_name_each_other(
    act: Act, world: TestWorld
) -> None:
    form = {"parties": SIDES, "dispute_type": "other", "facts": "不服处罚", "claim": "撤销处罚", "nature": "administrative",
            "act_known_on": "2024-01-20"}  # fmt: skip
    here = did(act("register", "2024-03-06", **form)).case
    assert Case.objects.get(id=here).clocks.get(clock="other_routes").due == "2024-03-20"
    did(act("refuse", "2024-03-06", here, ground="organ_only"))
    there = did(act("receive_application", "2024-03-08", None, CLERK, "reconsideration",
                    **application("2024-03-08", known_on="2024-01-20", act=PENALTY))).case  # fmt: skip
    did(act("take_route", "2024-03-08", here, forum="reconsideration", filed_on="2024-03-08"))
    did(_link(world, here, there, "mediation", MEDIATOR))
    did(_link(world, there, here, "reconsideration", CLERK))
    assert refold(MEDIATION, world.env, log(here, world)).links == (("link", str(there)),)
    assert Case.objects.get(id=here).clocks.get(clock="other_routes").state == "met"
    assert (
        Case.objects.get(id=there).clocks.get(clock="apply_limit").due == "2024-03-20"
    )  # the same day from both files


def _link(world: TestWorld, case: UUID, other: UUID, line: str, who: Actor) -> Answer:
    return perform(
        Ask(Command("link", world.now().date(), {"case": str(other)}), who, str(uuid4()), line, case, "gz"),
        world,
    )


def test_a_dispute_too_hard_here_is_opened_anew_at_the_town(act: Act, world: TestWorld) -> None:
    case = begun(act)
    did(act("route", "2024-03-14", case, target="committee", body="样本镇调委会", reason="案情疑难"))
    (onward,) = put_out(case, "follow_up", world)
    assert (onward["action"], onward["line"], onward["case"]) == ("register", "mediation", None)
    data = {name: with_dates(value) for name, value in onward["data"].items()}
    town = did(act(onward["action"], onward["on"], None, **data)).case
    row = Case.objects.get(id=town)
    assert (row.stage, row.facts["received_on"], row.facts["channel"]) == (
        "registered",
        "2024-03-06",
        "agency",
    )


def test_a_medical_term_that_runs_out_ends_the_case_whether_or_not_anybody_noted_it(
    act: Act, world: TestWorld
) -> None:
    case = begun(act, dispute_type="medical", committee_kind="industry")
    assert codes(act("agree_oral", "2024-04-19", case, content="迟到的协议")) == ["wrong_stage"]
    assert EventRow.objects.filter(case_id=case).count() == 4
    view = advance(refold(MEDIATION, world.env, log(case, world)), date(2024, 4, 19))
    assert (view.stage, view.facts["concluded_on"]) == ("closed_failed", date(2024, 4, 19))


def test_a_draft_of_acceptance_takes_the_day_of_its_signature(act: Act, world: TestWorld) -> None:
    """The day a case is accepted is the day the head signs, not the day the draft was written."""
    form = {
        "parties": SIDES,
        "dispute_type": "neighbour",
        "facts": "楼上漏水",
        "claim": "修复并赔偿",
        "consent": AGREE,
    }
    case = did(act("register", "2024-03-06", **form)).case
    did(act("ask_consent", "2024-03-06", case))
    command = Command("accept", date(2024, 3, 6), {"mediators": ["m-1"], "accepted_on": "2024-03-06"})
    made = proposals.propose(Ask(command, MEDIATOR, "k", "mediation", case), world)
    assert isinstance(made, proposals.Proposed), made
    world.moment = timezone.make_aware(datetime(2024, 3, 8, 10))
    did(proposals.sign(made.id, Hand(HEAD), "同意受理", world))
    row = Case.objects.get(id=case)
    assert (row.stage, row.facts["accepted_on"]) == ("accepted", "2024-03-08")
