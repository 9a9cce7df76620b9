"""A bureau with accounts, and the course of cases of both lines. All names are fictitious."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.utils import timezone

from tests.casework.support import TestWorld, application
from yifa.casework.requests import Answer, Ask, Done
from yifa.casework.services import perform
from yifa.language.acts import Actor, Command
from yifa.people.models import Organ, User
from yifa.people.roles import Power
from yifa.people.services import add_membership, add_user

START = date(2020, 1, 1)
STAFF_ROLES = frozenset({
    "window_clerk", "handler", "section_head", "body_head", "organ_head", "reviewer", "agency_head", "assigner",
    "aid_person", "firm", "finance", "assessor", "bureau", "archivist",
})  # fmt: skip
LAWYER = {"id": "L-1", "firm": "示例所", "practice_start": "2015-01-01", "criminal_start": "2016-01-01"}


class Bureau(NamedTuple):
    """Two handlers, a section head, somebody of another organ, and a system administrator."""

    first: User
    second: User
    head: User
    stranger: User
    system: User


def user(login: str, power: Power = Power.BUSINESS) -> User:
    made = add_user(login, f"测试{login}", power=power)
    assert isinstance(made, User)
    return made


def founded(organ: str = "gz") -> Bureau:
    """The bureau's people in the database."""
    own, other = (
        Organ.objects.create(code=code, name=f"测试{code}局", level="city", kind="司法局", valid_from=START)
        for code in (organ, "elsewhere")
    )
    made = Bureau(user("first"), user("second"), user("head"), user("stranger"), user("system", Power.SYSTEM))
    roles = ("handler", "handler", "section_head", "section_head", "system_admin")
    for who, role, where in zip(made, roles, (own, own, own, other, own), strict=True):
        add_membership(who, where, role, START)
    return made


class Step(NamedTuple):
    """An act so many days after receipt."""

    action: str
    after: int
    data: dict[str, Any] = {}  # noqa: RUF012
    party: str | None = None


def moment(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def reconsideration(received: date, number: int = 1, handlers: Iterable[str] = ("甲", "乙")) -> list[Step]:
    """From receipt to closing; the respondent answers, the decision is served on both."""
    day = lambda n: received + timedelta(days=n)  # noqa: E731
    applicant = f"a-{number}"
    data = application(received.isoformat(), applicants=[{"id": applicant, "name": "测试甲"}])
    data["act"]["doc_no"] = f"某罚〔2024〕{number}号"
    return [
        Step("receive_application", 0, data),
        Step("accept", 3, {"accepted_on": day(3), "conditions_met": [1, 2, 3, 4, 5, 6, 7]}),
        Step("assign_handler", 4, {"handlers": list(handlers)}),
        Step("send_copy", 5, {"served_on": day(5)}, "某局"),
        Step("receive_reply", 14, {"received_on": day(14)}, "某局"),
        Step("hear_opinions", 20, {"mode": "phone", "record": "记录"}),
        Step("decide", 40, {"decision_type": "revoke"}),
        Step("serve_decision", 44, {"served_on": day(44)}, "某局"),
        Step("serve_decision", 45, {"served_on": day(45)}, applicant),
        Step("close", 90),
    ]


def legal_aid(received: date, number: int = 1) -> list[Step]:
    """From the application to the file in the archive, the lawyer paid."""
    day = lambda n: (received + timedelta(days=n)).isoformat()  # noqa: E731
    return [
        Step("receive", 0, {
            "applicant": f"测试乙{number}", "kind": "labour", "stage": "arbitration", "matter_code": "labour_pay",
            "groups": ["migrant_worker"], "mode": "documents", "received_at": f"{day(0)}T09:00", "channel": "window",
        }),
        Step("grant", 3),
        Step("assign", 4, {"lawyer": LAWYER}),
        Step("sign_agreement", 7),
        Step("first_meeting", 8),
        Step("end", 53, {"ended_on": day(53), "document": "award"}),
        Step("file_in", 62, {"received_on": day(62)}),
        Step("file_accept", 72),
        Step("pay", 77, {"amount": 1800}),
        Step("archive", 80),
    ]  # fmt: skip


COURSES = {"reconsideration": reconsideration, "legal_aid": legal_aid}
Door = Callable[[Ask], Answer]


def staff(who: str = "甲", organ: str = "gz") -> Actor:
    return Actor(who, STAFF_ROLES, organ)


def walk(
    world: TestWorld, line: str, received: date, steps: Iterable[Step], door: Door | None = None,
    actor: Actor | None = None, label: str | None = None,
) -> UUID:  # fmt: skip
    """Do the steps each on its day; every one must be done."""
    case: UUID | None = None
    label = label or str(uuid4())
    for index, step in enumerate(steps):
        on = received + timedelta(days=step.after)
        world.moment = max(world.moment, moment(on))
        command = Command(step.action, on, step.data, step.party)
        ask = Ask(command, actor or staff(), f"{label}/{index}", line, case, (actor or staff()).organ)
        done = door(ask) if door else perform(ask, world)
        assert isinstance(done, Done), (step, done)
        case = done.case
    assert case is not None
    return case
