"""A suit through the door, from registration to effectiveness, with the reconsideration before it followed both ways."""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from tests.casework.support import TestWorld, application
from yifa.casework import store
from yifa.casework.audit import faults
from yifa.casework.clockwork import tick
from yifa.casework.followups import FollowUpRefusedError, carry_out
from yifa.casework.models import Case, ClaimRow, EventRow, Outbox
from yifa.casework.outbox import Item, place, work
from yifa.casework.requests import Answer, Ask, Done, NotDone
from yifa.casework.services import perform
from yifa.language.acts import Actor, Command
from yifa.registry import line as line_of

pytestmark = pytest.mark.django_db(transaction=True)
Act = Callable[..., Answer]
SEVEN = [1, 2, 3, 4, 5, 6, 7]
REVIEWER = Actor(
    "甲", frozenset({"window_clerk", "handler", "section_head", "body_head", "organ_head"}), "gz"
)
COORDINATOR = Actor("乙", frozenset({"coordinator"}), "gz")
LEAD = Actor("丙", frozenset({"lead_organ"}), "某局")
HEAD = Actor("丁", frozenset({"organ_head"}), "某局")
STRANGER = Actor("戊", frozenset({"lead_organ", "organ_head"}), "别的局")
NO = "（2024）粤71行初123号"


@pytest.fixture
def go(world: TestWorld) -> Act:
    """go(actor, line, action, day, case, party, data…): one act on its day."""

    def do(
        who: Actor, line: str, action: str, day: str, case: Any = None, party: str | None = None, **data: Any
    ) -> Answer:
        on = date.fromisoformat(day)
        world.moment = max(world.moment, timezone.make_aware(datetime(on.year, on.month, on.day, 10)))
        return perform(Ask(Command(action, on, data, party), who, str(uuid4()), line, case, "gz"), world)

    return do


def done(answer: Answer) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def codes(answer: Answer) -> list[str]:
    assert isinstance(answer, NotDone), answer
    return [problem.code for problem in answer.problems]


def upheld(go: Act) -> Done:
    """A reconsideration that upheld the act, served on both parties."""
    case = done(go(REVIEWER, "reconsideration", "receive_application", "2024-01-31",
                   **application(applicants=[{"id": "p-1", "name": "测试甲"}]))).case  # fmt: skip
    for action, day, party, data in (
        ("accept", "2024-02-06", None, {"accepted_on": "2024-02-06", "conditions_met": SEVEN}),
        ("assign_handler", "2024-02-06", None, {"handlers": ["甲", "己"]}),
        ("send_copy", "2024-02-21", "某局", {"served_on": "2024-02-21"}),
        ("receive_reply", "2024-03-05", "某局", {"received_on": "2024-03-05"}),
        ("hear_opinions", "2024-03-10", None, {"mode": "phone", "record": "记录"}),
        ("decide", "2024-04-03", None, {"decision_type": "uphold"}),
        ("serve_decision", "2024-04-08", "p-1", {"served_on": "2024-04-08"}),
        ("serve_decision", "2024-04-09", "某局", {"served_on": "2024-04-09"}),
    ):
        last = done(go(REVIEWER, "reconsideration", action, day, case, party, **data))
    return last


def suit(reconsideration: str | None, **changes: Any) -> dict[str, Any]:
    """A suit by the same person against both organs."""
    return {
        "court": "广州铁路运输法院", "court_case_no": NO, "case_kind": "act", "complaint_received_on": "2024-05-06",
        "court_filed_on": "2024-04-22", "plaintiffs": [{"id": "p-1", "name": "测试甲"}], "claims": ["revoke"],
        "defendants": [{"id": "某局", "role": "original"}, {"id": "gz-gov", "role": "reconsideration", "complaint_received_on": "2024-05-08"}],
        "reconsideration_case": reconsideration, **changes,
    }  # fmt: skip


def registered(go: Act, before: Done) -> Done:
    return done(go(COORDINATOR, "litigation", "register_case", "2024-05-08", **suit(before.number)))


def test_from_registration_to_effectiveness_with_the_reconsideration_followed_both_ways(
    go: Act, world: TestWorld
) -> None:
    before = upheld(go)

    # The linked case says that the act was upheld: both organs are defendants, and nothing is half registered.
    alone = suit(before.number, defendants=[{"id": "某局", "role": "original"}])
    assert codes(go(COORDINATOR, "litigation", "register_case", "2024-05-08", **alone)) == [
        "reconsideration_organ_missing"
    ]
    assert codes(
        go(COORDINATOR, "litigation", "register_case", "2024-05-08", **suit("穗府行复〔2024〕99号"))
    ) == ["reconsideration_unknown"]
    first = registered(go, before)
    assert first.number == "穗府行应〔2024〕1号"
    assert codes(go(COORDINATOR, "litigation", "register_case", "2024-05-09", **suit(None))) == [
        "court_case_no_taken"
    ]

    # The reconsideration learns of the suit: the plaintiff's time to sue has stopped, the file names the suit.
    assert work(world).failed == 0
    old = Case.objects.get(id=before.case)
    assert (old.facts["sued_on"], old.facts["court_case_no"], old.facts["litigation_case"]) == (
        "2024-04-22",
        NO,
        first.number,
    )
    limits = {i.subject: i.state for i in view(before.case, world).clocks["sue_after_decision"]}
    assert limits == {"p-1": "met", "某局": "running"}

    # Each defendant has its own fifteen days; only the lead organ's people, beside the bureau's, may act.
    case = first.case
    done(go(COORDINATOR, "litigation", "assign", "2024-05-09", case, lead_organ="某局", handlers=["乙"]))
    assert {i.subject: i.due.due for i in view(case, world).clocks["answer_and_evidence"]} == {
        "某局": date(2024, 5, 21), "gz-gov": date(2024, 5, 23)
    }  # fmt: skip
    assert codes(
        go(STRANGER, "litigation", "file_answer", "2024-05-17", case, "某局", evidence=["证据一"])
    ) == ["act_case"]
    assert codes(go(LEAD, "litigation", "file_answer", "2024-05-17", case, "某局", evidence=["证据一"])) == [
        "not_authorised"
    ]
    done(go(HEAD, "litigation", "file_answer", "2024-05-17", case, "某局", evidence=["证据一"]))
    done(go(HEAD, "litigation", "file_answer", "2024-05-20", case, "gz-gov", evidence=["复议案卷"]))

    # The hearing: the head comes.
    done(
        go(
            COORDINATOR,
            "litigation",
            "set_hearing",
            "2024-06-03",
            case,
            hearing_at="2024-06-12T09:30",
            court_required_head=True,
        )
    )
    done(
        go(
            HEAD,
            "litigation",
            "nominate_officer",
            "2024-06-05",
            case,
            officer="局长",
            post="局长",
            kind="principal",
        )
    )
    done(go(COORDINATOR, "litigation", "record_hearing", "2024-06-12", case, held_on="2024-06-12", attended_officer="局长",
            officer_kind="principal", staff=["丙"]))  # fmt: skip

    # Judged; each party has its own period; nobody appeals; effective the day after the last one.
    served = {"某局": "2024-08-01", "gz-gov": "2024-08-01", "p-1": "2024-08-05"}
    done(
        go(COORDINATOR, "litigation", "serve_judgment", "2024-08-05", case, services=served, result="revoked")
    )
    world.moment = timezone.make_aware(datetime(2024, 8, 20, 8))
    tick(world)
    assert Case.objects.get(id=case).stage == "judged"
    world.moment = timezone.make_aware(datetime(2024, 9, 10, 8))
    tick(world)
    now = Case.objects.get(id=case)
    assert (now.stage, now.facts["effective_on"], now.facts["lost"], now.facts["first_attended"]) == (
        "effective",
        "2024-08-21",
        True,
        True,
    )

    # And back: the reconsideration learns the result, on the day of the law, however late it was noted.
    assert work(world).failed == 0
    old = Case.objects.get(id=before.case)
    assert (old.facts["court_effective_on"], old.facts["court_lost"]) == ("2024-08-21", True)

    # Followed both ways: from either file to the other.
    assert Case.objects.get(number=old.facts["litigation_case"]).id == case
    assert Case.objects.get(number=now.facts["reconsideration_case"]).id == before.case
    assert view(case, world).links == (("register_case", before.number),)
    assert view(before.case, world).links == (("record_lawsuit", first.number),)
    assert list(faults(world)) == []


def view(case: UUID, world: TestWorld) -> Any:
    return store.view_of(case, line_of(Case.objects.get(id=case).line), world)


def test_a_follow_up_is_carried_out_once_however_often_it_is_tried(go: Act, world: TestWorld) -> None:
    before = upheld(go)
    registered(go, before)
    row = Outbox.objects.get(kind="follow_up")
    item = Item(row.id, row.kind, row.case_id, row.seq, body_of(row, world), 0)
    carry_out(item, world)
    carry_out(item, world)
    assert EventRow.objects.filter(case_id=before.case, action="record_lawsuit").count() == 1
    assert ClaimRow.objects.filter(kind="court_case", released_at=None).count() == 1


def body_of(row: Outbox, world: TestWorld) -> Any:
    return json.loads(world.open(bytes(row.body), place(row.case_id, row.seq)))


def asked(sender: UUID, **changes: Any) -> Item:
    """What a case asks of itself, for the sake of the test."""
    body = {"case": str(sender), "line": None, "when": "now", "action": "link", "on": "2024-05-08", "party": None,
            "data": {"case": "穗府行应〔2024〕1号"}, "place": 0}  # fmt: skip
    return Item(1, "follow_up", sender, 0, {**body, **changes}, 0)


def test_what_the_other_case_refuses_is_tried_again_and_says_only_codes(go: Act, world: TestWorld) -> None:
    before = upheld(go)
    for changes, expected in (
        ({"action": "accept", "data": {"accepted_on": "2024-05-08", "conditions_met": SEVEN}}, "wrong_stage"),
        ({"action": "moonrise"}, "unknown_action"),
        ({"case": "穗府行复〔2024〕99号"}, "case_unknown"),
    ):
        with pytest.raises(FollowUpRefusedError, match=expected):
            carry_out(asked(before.case, **changes), world)


def test_a_new_case_is_opened_where_the_follow_up_says_else_where_it_comes_from(
    go: Act, world: TestWorld
) -> None:
    before = upheld(go)
    data = {"act": "某罚1号", "served_on": "2024-02-01"}
    new = {"case": None, "line": "litigation", "action": "watch_act", "on": "2024-04-09", "data": data}
    for number, (organ, expected) in enumerate(((None, "gz"), ("th", "th"))):
        carry_out(asked(before.case, **new, organ=organ, place=number), world)
        assert Case.objects.filter(line="litigation", organ=expected).count() == 1


def test_what_is_before_the_court_is_not_accepted_for_reconsideration(go: Act, world: TestWorld) -> None:
    """The line of litigation itself says what is pending: the same act, by one of the applicants; nothing else stands against it."""
    sued = suit(None, act={"doc_no": "某罚〔2024〕1号"}, defendants=[{"id": "某局", "role": "original"}])
    case = done(go(COORDINATOR, "litigation", "register_case", "2024-05-08", **sued)).case

    def accepted(**changes: Any) -> Answer:
        data = application("2024-05-09", **{"applicants": [{"id": "p-1", "name": "测试甲"}], **changes})
        mine = done(go(REVIEWER, "reconsideration", "receive_application", "2024-05-09", **data)).case
        return go(
            REVIEWER,
            "reconsideration",
            "accept",
            "2024-05-10",
            mine,
            accepted_on="2024-05-10",
            conditions_met=SEVEN,
        )

    refused = accepted(applicants=[{"id": "p-9", "name": "测试丙"}, {"id": "p-1", "name": "测试甲"}])
    assert codes(refused) == ["suit_pending"]
    assert isinstance(refused, NotDone)
    assert (refused.problems[0].params["count"], str(refused.problems[0].cite)) == (
        1,
        "《行政复议法》(2023)第二十九条第二款",
    )
    assert accepted(applicants=[{"id": "p-2", "name": "测试乙"}])
    assert accepted(act={"type": "penalty", "doc_no": "某罚〔2024〕2号", "made_on": "2024-04-20"})
    assert accepted(act={"type": "penalty", "made_on": "2024-04-20", "content": "口头处罚"}), (
        "an act without a number is for a person"
    )
    done(go(COORDINATOR, "litigation", "withdraw_ruling", "2024-05-13", case, served_on="2024-05-13"))
    assert Case.objects.get(id=case).closed
    assert accepted()
