"""拟稿—审核—签发: who may take which step, what the signature decides, what it leaves behind."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from tests.casework.support import TestWorld, application
from yifa.casework import drafts, proposals, store
from yifa.casework.audit import faults
from yifa.casework.bulk import BulkDriver
from yifa.casework.codec import opened
from yifa.casework.drafts import Hand
from yifa.casework.models import Case, EventRow, Opinion, Proposal
from yifa.casework.proposals import Proposed, Step, Way
from yifa.casework.requests import Answer, Ask, Done, NotDone
from yifa.language.acts import Actor, Command, Problem
from yifa.people.models import Conflict, Membership, Organ, Substitution, User
from yifa.people.services import add_membership, add_user
from yifa.registry import line as line_of

pytestmark = pytest.mark.django_db(transaction=True)
Act = Callable[..., Answer]
SEVEN = [1, 2, 3, 4, 5, 6, 7]
ACCEPTANCE = {"accepted_on": date(2024, 2, 5), "conditions_met": SEVEN}


def hand(role: str, name: str | None = None, organ: str = "gz") -> Hand:
    return Hand(Actor(name or role, frozenset({role}), organ))


DRAFTER, REVIEWER, HEAD = hand("handler"), hand("window_clerk"), hand("section_head")


@pytest.fixture
def case(act: Act, world: TestWorld) -> UUID:
    """Received, with a city that wants acceptance reviewed by a clerk before the section head signs."""
    world.routes["accept"] = ("window_clerk",)
    done = act("receive_application", "2024-01-31", **application())
    assert isinstance(done, Done)
    world.moment = timezone.make_aware(datetime(2024, 2, 5, 9))
    return done.case


def asked(case: UUID | None, action: str = "accept", who: Hand = DRAFTER, **data: Any) -> Ask:
    command = Command(action, date(2024, 2, 5), data or ACCEPTANCE)
    return Ask(command, who.actor, str(uuid4()), "reconsideration", case)


@pytest.fixture
def draft(case: UUID, world: TestWorld) -> UUID:
    return drafted(case, world)


def drafted(case: UUID, world: TestWorld, **documents: Any) -> UUID:
    made = proposals.propose(asked(case), world, documents)
    assert isinstance(made, Proposed), made
    return made.id


def codes(answer: Answer | Proposed | Step) -> list[str]:
    return [p.code for p in answer.problems] if isinstance(answer, NotDone) else []


def reviewed(draft: UUID, world: TestWorld) -> UUID:
    assert proposals.opine(draft, REVIEWER, "同意受理", world)
    return draft


# ---------------------------------------------------------------------------------------- drafting


def test_the_route_is_the_citys_reviewers_then_the_laws_signer(case: UUID, world: TestWorld) -> None:
    made = proposals.propose(asked(case), world)
    assert isinstance(made, Proposed)
    assert made.route == (frozenset({"window_clerk"}), frozenset({"section_head"}))
    row = Proposal.objects.get(id=made.id)
    assert (row.state, row.position, row.waiting, row.organ) == ("open", 0, ["window_clerk"], "gz")


def test_a_city_that_drops_the_reviewers_still_leaves_the_laws_signer(case: UUID, world: TestWorld) -> None:
    world.routes.clear()
    made = proposals.propose(asked(case), world)
    assert isinstance(made, Proposed)
    assert made.route == (frozenset({"section_head"}),)


def test_an_act_nobody_else_decides_is_signed_by_who_may_do_it(case: UUID, world: TestWorld) -> None:
    made = proposals.propose(asked(case, "withdraw", DRAFTER, reason="申请人自愿"), world)
    assert isinstance(made, Proposed)
    assert "handler" in made.route[-1]


def test_what_stands_against_the_act_is_a_hint_and_no_refusal(case: UUID, world: TestWorld) -> None:
    made = proposals.propose(asked(case, conditions_met=[1, 2], accepted_on=date(2024, 2, 5)), world)
    assert isinstance(made, Proposed)
    assert {hint.code for hint in made.hints} == {"condition_unmet"}


@pytest.mark.parametrize(
    ("ask_", "refused"),
    [
        ({"accepted_on": date(2024, 2, 5)}, ["field_missing"]),
        ({**ACCEPTANCE, "colour": "red"}, ["field_unknown"]),
        ({**ACCEPTANCE, "conditions_met": "七"}, ["field_invalid"]),
    ],
)
def test_a_draft_that_cannot_be_read_is_refused(
    case: UUID, world: TestWorld, ask_: Any, refused: list[str]
) -> None:
    assert codes(proposals.propose(asked(case, **ask_), world)) == refused
    assert not Proposal.objects.exists()


def test_who_may_not_propose_is_refused(case: UUID, world: TestWorld) -> None:
    assert codes(proposals.propose(asked(case, who=hand("window_clerk")), world)) == ["not_authorised"]
    assert codes(proposals.propose(asked(case, who=hand("handler", organ="yx")), world)) == ["act_case"]
    assert codes(proposals.propose(asked(uuid4()), world)) == ["case_unknown"]
    assert codes(proposals.propose(asked(case, action="nothing"), world)) == ["unknown_action"]


def test_draft_and_opinions_are_sealed(case: UUID, world: TestWorld) -> None:
    draft = drafted(case, world, acceptance_notice={"name": "测试甲"})
    reviewed(draft, world)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_to_json(p)::text FROM casework_proposal p UNION ALL SELECT row_to_json(o)::text FROM casework_opinion o"
        )
        text = " ".join(row[0] for row in cursor.fetchall())
    assert "测试甲" not in text
    assert "同意受理" not in text
    row = Proposal.objects.get(id=draft)
    assert drafts.read(row, world, date(2024, 2, 6)).documents == {"acceptance_notice": {"name": "测试甲"}}
    assert [said.text for said in drafts.trail(row, world)] == ["同意受理"]


# ---------------------------------------------------------------------------------------- the way


def test_from_the_draft_to_the_signature(draft: UUID, case: UUID, world: TestWorld) -> None:
    assert proposals.opine(draft, REVIEWER, "同意", world) == Step(draft, "open")
    world.moment = timezone.make_aware(datetime(2024, 2, 6, 16))
    done = proposals.sign(draft, HEAD, "同意受理", world)
    assert isinstance(done, Done), done
    event = EventRow.objects.get(case_id=case, seq=done.seq)
    assert (event.action, event.effective_on, event.actor) == ("accept", "2024-02-06", "section_head")
    row = Proposal.objects.get(id=draft)
    assert (row.state, row.signed_seq, row.waiting) == ("signed", done.seq, [])
    private, _ = opened(store.events_of(case)[-1], world)
    signature = private["fact.signature"]
    assert signature["drafter"] == "handler"
    assert (
        private["data.accepted_on"] == "2024-02-06"
    )  # drafted on the 5th: the legal date is the signature's
    assert signature["trail"] == drafts.trail_hash(row)
    assert (signature["for"], signature["authority"]) == ("", "")
    assert not list(faults(world))


def test_the_trail_in_the_act_names_a_changed_opinion(draft: UUID, case: UUID, world: TestWorld) -> None:
    assert proposals.sign(reviewed(draft, world), HEAD, "同意", world)
    private, _ = opened(store.events_of(case)[-1], world)
    Opinion.objects.filter(proposal=draft, step=0).update(actor="另一人")
    assert drafts.trail_hash(Proposal.objects.get(id=draft)) != private["fact.signature"]["trail"]


def test_one_signature_covers_the_drafts_of_documents(case: UUID, world: TestWorld) -> None:
    hashes = []
    for text in ("第一种写法", "第二种写法"):
        row = Proposal.objects.get(id=drafted(case, world, acceptance_notice={"body": text}))
        draft = drafts.read(row, world, date(2024, 2, 6))
        hashes.append(proposals.signature_of(row, draft, drafts.trail_hash(row), "", "")["documents"])
    assert hashes[0] != hashes[1]


def test_signing_twice_is_signing_once(draft: UUID, case: UUID, world: TestWorld) -> None:
    first = proposals.sign(reviewed(draft, world), HEAD, "同意", world)
    again = proposals.sign(draft, HEAD, "同意", world)
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert (again.seq, again.repeated) == (first.seq, True)
    assert EventRow.objects.filter(case_id=case).count() == 2
    assert codes(proposals.sign(draft, hand("section_head", "另一人"), "", world)) == ["proposal_state"]


def test_the_signature_decides_again_on_what_is_there_then(
    draft: UUID, act: Act, case: UUID, world: TestWorld
) -> None:
    reviewed(draft, world)
    world.routes.clear()
    assert act("refuse", "2024-02-06", case, condition=2, reason="没有利害关系")
    assert "wrong_stage" in codes(proposals.sign(draft, HEAD, "同意", world))
    row = Proposal.objects.get(id=draft)
    assert (row.state, row.trail.count()) == ("open", 1)


def test_what_the_draft_asked_of_the_outside_is_asked_again_at_the_signature(
    case: UUID, act: Act, world: TestWorld
) -> None:
    """Nothing stood against it when it was drafted; by the signature somebody has taken the dispute up elsewhere."""
    data = store.view_of(case, line_of("reconsideration"), world).last_data("receive_application")
    made = proposals.propose(asked(case), world)
    assert isinstance(made, Proposed)
    assert made.hints == ()
    reviewed(made.id, world)
    world.routes.clear()
    twin = act("receive_application", "2024-02-05", **dict(data))
    assert isinstance(twin, Done)
    assert act("accept", "2024-02-05", twin.case, **ACCEPTANCE)
    assert [p.code for p in proposals.hints(Proposal.objects.get(id=made.id), world)] == [
        "duplicate_application"
    ]
    assert codes(proposals.sign(made.id, HEAD, "同意", world)) == ["duplicate_application"]


def test_a_returned_draft_is_revised_and_begins_again(draft: UUID, world: TestWorld) -> None:
    assert proposals.give_back(draft, REVIEWER, "请补写理由", world) == Step(draft, "returned")
    assert codes(proposals.opine(draft, REVIEWER, "同意", world)) == ["proposal_state"]
    command = Command("accept", date(2024, 2, 6), ACCEPTANCE | {"reason": "已补写"})
    step = proposals.revise(draft, DRAFTER, command, "已补写", world)
    assert isinstance(step, Step)
    assert step.state == "open"
    row = Proposal.objects.get(id=draft)
    assert (row.revision, row.position) == (1, 0)
    assert drafts.read(row, world, date(2024, 2, 6)).command.data["reason"] == "已补写"
    # The same reviewer may look at the new draft: it is another round.
    assert proposals.opine(draft, REVIEWER, "同意", world, seen=1)
    assert proposals.sign(draft, HEAD, "同意", world)


def test_who_read_an_earlier_draft_has_not_read_this_one(draft: UUID, world: TestWorld) -> None:
    proposals.give_back(draft, REVIEWER, "请改", world)
    proposals.revise(draft, DRAFTER, Command("accept", date(2024, 2, 6), ACCEPTANCE), "", world)
    assert codes(proposals.opine(draft, REVIEWER, "同意", world, seen=0)) == ["proposal_changed"]


def test_a_revision_keeps_to_its_matter_and_its_drafter(draft: UUID, world: TestWorld) -> None:
    command = Command("accept", date(2024, 2, 6), ACCEPTANCE)
    assert codes(proposals.revise(draft, DRAFTER, command, "", world)) == ["proposal_state"]
    proposals.give_back(draft, REVIEWER, "请改", world)
    other = hand("handler", "另一人")
    assert codes(proposals.revise(draft, other, command, "", world)) == ["proposal_not_yours"]
    refuse = Command("refuse", date(2024, 2, 6), {"condition": 2, "reason": "没有利害关系"})
    assert codes(proposals.revise(draft, DRAFTER, refuse, "", world)) == ["proposal_action"]
    assert codes(proposals.revise(draft, DRAFTER, command._replace(data={}), "", world)) != []
    assert Proposal.objects.get(id=draft).revision == 0


def test_the_signer_may_return_too(draft: UUID, world: TestWorld) -> None:
    reviewed(draft, world)
    assert proposals.give_back(draft, HEAD, "条件没有写全", world) == Step(draft, "returned")


def test_a_return_and_a_withdrawal_say_why(draft: UUID, world: TestWorld) -> None:
    assert codes(proposals.give_back(draft, REVIEWER, " ", world)) == ["reason_required"]
    assert codes(proposals.withdraw(draft, DRAFTER, "", world)) == ["reason_required"]


def test_the_drafter_withdraws(draft: UUID, world: TestWorld) -> None:
    assert codes(proposals.withdraw(draft, HEAD, "不办了", world)) == ["proposal_not_yours"]
    assert proposals.withdraw(draft, DRAFTER, "另行拟稿", world) == Step(draft, "withdrawn")
    assert codes(proposals.opine(draft, REVIEWER, "同意", world)) == ["proposal_state"]
    assert codes(proposals.opine(uuid4(), REVIEWER, "同意", world)) == ["proposal_unknown"]


# ---------------------------------------------------------------------------------------- who


@pytest.mark.parametrize(
    ("step", "who", "refused"),
    [
        ("sign", HEAD, ["proposal_not_your_turn", "proposal_order"]),  # no signature before the review
        ("sign", REVIEWER, ["proposal_order"]),  # a reviewer is no signer
        ("opine", HEAD, ["proposal_not_your_turn"]),
        ("opine", hand("window_clerk", "handler"), ["proposal_same_hand"]),  # the drafter under another role
        ("opine", hand("window_clerk", organ="yx"), ["act_case"]),
        ("opine", hand("statistician"), ["act_verb", "proposal_not_your_turn"]),
    ],
)
def test_each_in_their_turn(draft: UUID, world: TestWorld, step: str, who: Hand, refused: list[str]) -> None:
    assert codes(getattr(proposals, step)(draft, who, "意见", world)) == refused
    assert not Opinion.objects.exists()


def test_drafting_reviewing_and_signing_are_three_people(draft: UUID, world: TestWorld) -> None:
    reviewed(draft, world)
    for name in ("handler", "window_clerk"):
        assert codes(proposals.sign(draft, hand("section_head", name), "", world)) == ["proposal_same_hand"]
    assert codes(proposals.opine(draft, HEAD, "", world)) == ["proposal_order"]
    assert proposals.sign(draft, HEAD, "", world)


def test_an_act_the_law_lets_somebody_decide_is_not_done_by_who_may_only_propose(
    act: Act, world: TestWorld
) -> None:
    done = act("receive_application", "2024-01-31", **application())
    assert isinstance(done, Done)
    world.moment = timezone.make_aware(datetime(2024, 2, 5, 9))
    assert codes(proposals.perform(asked(done.case), world)) == ["not_authorised"]
    assert proposals.perform(asked(done.case, who=HEAD), world)


def test_what_the_city_wants_reviewed_is_not_signed_past_the_reviewers(case: UUID, world: TestWorld) -> None:
    answer = proposals.perform(asked(case, who=HEAD), world)
    assert isinstance(answer, NotDone)
    assert answer.problems == (Problem("act_needs_review", {"roles": ["window_clerk"]}),)


# ---------------------------------------------------------------------------------------- 回避 and 代理


@pytest.fixture
def people() -> dict[str, User]:
    """A head, a deputy and a clerk with accounts; the deputy may sign for the head in February."""
    organ = Organ.objects.create(
        code="gz", name="测试机关", level="city", kind="government", valid_from=date(2000, 1, 1)
    )
    found = {}
    for login, role in (("head", "section_head"), ("deputy", "handler"), ("clerk", "window_clerk")):
        found[login] = add_user(login, f"测试{login}")
        add_membership(found[login], organ, role, date(2024, 1, 1))
    Substitution.objects.create(
        principal=found["head"], substitute=found["deputy"], organ=organ, role="section_head",
        authority="授权书〔2024〕1号", valid_from=date(2024, 2, 1), valid_to=date(2024, 2, 29),
    )  # fmt: skip
    return found


def deputy(people: dict[str, User], principal: str = "head") -> Hand:
    actor = Actor(str(people["deputy"].pk), frozenset({"section_head"}), "gz")
    return Hand(actor, str(people[principal].pk))


def test_a_substitute_signs_with_the_authority_named(
    people: dict[str, User], draft: UUID, case: UUID, world: TestWorld
) -> None:
    done = proposals.sign(reviewed(draft, world), deputy(people), "同意", world)
    assert isinstance(done, Done), done
    private, _ = opened(store.events_of(case)[-1], world)
    signature = private["fact.signature"]
    assert (signature["for"], signature["authority"]) == (str(people["head"].pk), "授权书〔2024〕1号")
    said = Opinion.objects.get(proposal=draft, kind="sign")
    assert (said.instead_of, said.authority) == (str(people["head"].pk), "授权书〔2024〕1号")


@pytest.mark.parametrize("why", ["over", "another", "gone", "never"])
def test_who_has_no_authority_does_not_sign(
    people: dict[str, User], draft: UUID, world: TestWorld, why: str
) -> None:
    reviewed(draft, world)
    who = deputy(people, "clerk" if why == "another" else "head")
    if why == "over":
        Substitution.objects.update(valid_to=date(2024, 2, 4))
    if why == "gone":  # the principal no longer holds the role
        Membership.objects.filter(user=people["head"]).update(valid_to=date(2024, 2, 4))
    if why == "never":
        who = who._replace(actor=who.actor._replace(id="名外"))
    assert codes(proposals.sign(draft, who, "同意", world)) == ["substitute_unknown"]


def test_nobody_signs_for_the_drafter(people: dict[str, User], case: UUID, world: TestWorld) -> None:
    """The head drafted it; the deputy signing in the head's place would be the head signing."""
    head = str(people["head"].pk)
    made = proposals.propose(asked(case, who=Hand(Actor(head, frozenset({"handler"}), "gz"))), world)
    assert isinstance(made, Proposed)
    assert codes(proposals.sign(reviewed(made.id, world), deputy(people), "", world)) == [
        "proposal_same_hand"
    ]


@pytest.mark.parametrize("ground", ["case", "organ"])
def test_reviewers_and_signers_with_a_conflict_stay_out(
    people: dict[str, User], draft: UUID, case: UUID, world: TestWorld, ground: str
) -> None:
    Organ.objects.create(
        code="某局", name="某局", level="city", kind="department", valid_from=date(2000, 1, 1)
    )
    target: dict[str, Any] = {"case": case} if ground == "case" else {"organ_id": "某局"}
    for user in people.values():
        Conflict.objects.create(user=user, ground="近亲属", declared_at=world.now(), **target)
    clerk = hand("window_clerk", str(people["clerk"].pk))
    assert codes(proposals.opine(draft, clerk, "同意", world)) == ["act_recused"]
    assert codes(proposals.give_back(draft, clerk, "请改", world)) == ["act_recused"]
    reviewed(draft, world)
    head = hand("section_head", str(people["head"].pk))
    assert codes(proposals.sign(draft, head, "同意", world)) == ["act_recused"]
    assert Case.objects.get(id=case).stage == "received"


# ------------------------------------------------------------------------------ the whole way at once


@pytest.fixture(params=["online", "bulk"])
def whole(request: pytest.FixtureRequest, world: TestWorld) -> Callable[[Ask, Way], Answer]:
    def bulk(ask: Ask, way: Way) -> Answer:
        with BulkDriver(world) as driver:
            return driver.sign(ask, way)

    return bulk if request.param == "bulk" else lambda ask, way: proposals.through(ask, way, world)


def test_drafted_reviewed_and_signed_at_once(
    case: UUID, world: TestWorld, whole: Callable[[Ask, Way], Answer]
) -> None:
    at = list[int]()
    way = Way(DRAFTER.actor, ((REVIEWER.actor, "材料齐全"),), "同意", {}, at.append)
    done = whole(asked(case, who=HEAD), way)
    assert isinstance(done, Done), done
    assert at == [0, 1, 2]
    row = Proposal.objects.get()
    assert (row.state, row.position, row.waiting, row.signed_seq, row.case_id) == (
        "signed",
        1,
        [],
        done.seq,
        case,
    )
    said = [(one.actor, one.kind, one.text) for one in drafts.trail(row, world)]
    assert said == [("window_clerk", "opinion", "材料齐全"), ("section_head", "sign", "同意")]
    assert drafts.read(row, world, date(2024, 2, 5)).command.action == "accept"
    assert list(faults(world)) == []


def test_a_case_nobody_knows(world: TestWorld, whole: Callable[[Ask, Way], Answer]) -> None:
    answer = whole(asked(uuid4(), who=HEAD), Way(DRAFTER.actor))
    assert isinstance(answer, NotDone)
    assert [problem.code for problem in answer.problems] == ["case_unknown"]


def test_what_is_refused_at_the_signature_leaves_no_signed_draft(
    case: UUID, world: TestWorld, whole: Callable[[Ask, Way], Answer]
) -> None:
    way = Way(DRAFTER.actor, ((REVIEWER.actor, "材料齐全"),), "同意")
    unmet = whole(asked(case, who=HEAD, accepted_on=date(2024, 2, 5), conditions_met=[1, 2]), way)
    assert isinstance(unmet, NotDone)
    assert "condition_unmet" in {problem.code for problem in unmet.problems}
    assert not Proposal.objects.filter(state="signed").exists()


def test_the_way_online_stops_at_the_first_step_that_is_refused(case: UUID, world: TestWorld) -> None:
    for way, code in (
        (Way(hand("organ_head").actor, (), "同意"), "not_authorised"),
        (Way(DRAFTER.actor, ((HEAD.actor, "同意"),), "同意"), "proposal_not_your_turn"),
    ):
        answer = proposals.through(asked(case, who=HEAD), way, world)
        assert isinstance(answer, NotDone)
        assert code in {problem.code for problem in answer.problems}
