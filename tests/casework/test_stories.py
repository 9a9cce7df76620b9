"""Two matters from the window to the end, by people with accounts, signed through proposals, in the city's own ways.

Then the ledger: `yifa ledger verify` and the stand-alone verifier accept them; one byte flipped, and both name the act.
"""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from tests.casework.bureau import LAWYER, START, moment, user
from tests.casework.support import TestWorld, application
from tests.documents.stories import DECISION
from yifa.casework import background, log, notices, proposals
from yifa.casework import world as worlds
from yifa.casework.drafts import Hand
from yifa.casework.models import Case, ClockRow, EventRow, Notice
from yifa.casework.proposals import Proposed
from yifa.casework.requests import Ask, Done
from yifa.casework.services import perform
from yifa.cli import main
from yifa.language.acts import Actor, Command
from yifa.people.models import Organ, User
from yifa.people.selectors import capacities
from yifa.people.services import add_membership

pytestmark = pytest.mark.django_db(transaction=True)


class CityWorld(TestWorld):
    """The city's own reviewers: nothing is passed by."""

    def reviewers(self, line: str, action: str, organ: str) -> tuple[str, ...]:
        return self.city.reviewers(line, action, organ)


class Office:
    """People with accounts in Tianhe's and Yuexiu's bureaus and the city's aid agency, and what they do."""

    def __init__(self, world: CityWorld) -> None:
        self.world, self.people = world, dict[str, User]()
        for code in ("440106-sfj", "440104-sfj", "gz-aid"):
            Organ.objects.create(
                code=code, name=f"测试{code}", level="district", kind="justice", valid_from=START
            )

    def hire(self, name: str, organ: str, *roles: str) -> User:
        made = self.people[name] = user(name)
        for role in roles:
            add_membership(made, Organ.objects.get(code=organ), role, START)
        return made

    def actor(self, name: str) -> Actor:
        (capacity,) = capacities(self.people[name], self.world.moment.date())
        return capacity.actor

    def acts(
        self, name: str, line: str, action: str, on: date, case: UUID | None = None, **more: Any
    ) -> UUID:
        """One act by somebody, on its day; it must be done."""
        self.world.moment = max(self.world.moment, moment(on))
        organ, party = more.pop("organ", None), more.pop("party", None)
        command = Command(action, on, more, party)
        done = perform(Ask(command, self.actor(name), str(uuid4()), line, case, organ), self.world)
        assert isinstance(done, Done), (action, done)
        return done.case

    def signs(
        self, names: list[str], line: str, action: str, on: date, case: UUID, said: Any = None, **data: Any
    ) -> UUID:
        """The first one drafts, those between review, the last one signs."""
        self.world.moment = max(self.world.moment, moment(on))
        drafter, *reviewers, signer = names
        draft = Ask(Command(action, on, data), self.actor(drafter), str(uuid4()), line, case)
        made = proposals.propose(draft, self.world, said or {})
        assert isinstance(made, Proposed), made
        for name in reviewers:
            step = proposals.opine(made.id, Hand(self.actor(name)), "同意", self.world)
            assert step, step
        done = proposals.sign(made.id, Hand(self.actor(signer)), "同意", self.world)
        assert isinstance(done, Done), (action, done)
        return done.case


@pytest.fixture
def office(world: TestWorld) -> Office:
    return Office(CityWorld(moment(date(2024, 3, 4), 9)))


def reconsidered(office: Office) -> UUID:
    """复议: handed in at Yuexiu's window for Tianhe, decided by Tianhe, performed by the respondent."""
    office.hire("clerk", "440104-sfj", "window_clerk", "city_window_clerk")
    handlers = [office.hire(name, "440106-sfj", "handler") for name in ("handler", "second")]
    office.hire("section", "440106-sfj", "section_head")
    office.hire("body", "440106-sfj", "body_head")
    office.hire("organ", "440106-sfj", "organ_head")
    start = office.world.moment.date()
    day = lambda n: start + timedelta(days=n)  # noqa: E731
    line, applicant = "reconsideration", "a-1"
    data = application(day(0).isoformat(), applicants=[{"id": applicant, "name": "测试甲"}])
    data |= {"channel": "cross_district", "window_code": "440104-w1"}
    case = office.acts("clerk", line, "receive_application", day(0), organ="440106-sfj", **data)
    office.acts("handler", line, "receive_transfer", day(1), case, received_on=day(1))
    office.signs(
        ["handler", "section"],
        line,
        "accept",
        day(4),
        case,
        accepted_on=day(4),
        conditions_met=[1, 2, 3, 4, 5, 6, 7],
    )
    office.acts("section", line, "assign_handler", day(4), case, handlers=[str(h.pk) for h in handlers])
    office.acts("handler", line, "send_copy", day(7), case, party="某局", served_on=day(7))
    background.run(office.world)
    office.acts("handler", line, "receive_reply", day(16), case, party="某局", received_on=day(16))
    office.acts("second", line, "hear_opinions", day(22), case, mode="phone", record="记录")
    office.world.moment = moment(day(61), 9)
    background.run(office.world)  # the end of the period is near: amber
    office.signs(
        ["handler", "section", "body", "organ"],
        line,
        "decide",
        day(62),
        case,
        {"decision": DECISION},
        decision_type="revoke",
    )
    office.acts("handler", line, "serve_decision", day(65), case, party="某局", served_on=day(65))
    office.acts("handler", line, "serve_decision", day(66), case, party=applicant, served_on=day(66))
    office.acts("handler", line, "record_performance", day(80), case, performed_on=day(79), result="complete")
    office.acts("handler", line, "close", day(100), case)
    background.run(office.world)
    return case


def aided(office: Office) -> UUID:
    """法律援助: a migrant worker's claim for wages, from the window to the subsidy of the lawyer."""
    for name, *roles in (
        ("aidclerk", "window_clerk"), ("reviewer", "reviewer"), ("head", "agency_head"), ("assigner", "assigner"),
        ("lawyer", "aid_person"), ("cashier", "finance"), ("keeper", "reviewer"),
    ):  # fmt: skip
        office.hire(name, "gz-aid", *roles)
    start = office.world.moment.date()
    day = lambda n: start + timedelta(days=n)  # noqa: E731
    line = "legal_aid"
    case = office.acts(
        "aidclerk", line, "receive", day(0), applicant="测试乙", kind="labour", stage="arbitration", matter_code="labour_pay",
        groups=["migrant_worker"], mode="documents", received_at=f"{day(0)}T09:00", channel="window",
    )  # fmt: skip
    office.signs(["reviewer", "head"], line, "grant", day(3), case)
    named = {**LAWYER, "id": str(office.people["lawyer"].pk)}  # whose account it is, may go on with the case
    office.acts("assigner", line, "assign", day(4), case, lawyer=named)
    office.acts("lawyer", line, "sign_agreement", day(7), case)
    office.acts("lawyer", line, "first_meeting", day(8), case)
    office.acts("lawyer", line, "end", day(53), case, ended_on=day(53), document="award")
    office.acts("lawyer", line, "file_in", day(62), case, received_on=day(62))
    office.acts("keeper", line, "file_accept", day(72), case)
    office.acts("cashier", line, "pay", day(77), case, amount=1800)
    background.run(office.world)
    return case


STORIES: dict[str, Callable[[Office], UUID]] = {"reconsideration": reconsidered, "legal_aid": aided}


def yifa(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def stand_alone(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", str(folder / "verifier.py"), str(folder), "--key", str(log.key())]
    return subprocess.run(command, capture_output=True, text=True)


def test_a_reconsideration_case_from_another_districts_window_to_performance(office: Office) -> None:
    case = Case.objects.get(id=reconsidered(office))
    assert (case.organ, case.origin, case.stage, case.closed) == ("440106-sfj", "440106-sfj", "closed", True)
    assert case.number == "穗天府行复〔2024〕1号"
    assert case.facts["window_code"] == "440104-w1"
    acts = dict(EventRow.objects.filter(case=case).values_list("action", "actor"))
    assert acts["receive_application"] == str(office.people["clerk"].pk)
    assert acts["decide"] == str(office.people["organ"].pk), "by whoever signed"
    clocks = dict(ClockRow.objects.filter(case=case).values_list("clock", "state"))
    assert {"acceptance_review", "respondent_reply", "review_decision"} <= {
        c for c, s in clocks.items() if s == "met"
    }
    told = [
        notices.text_of(n).text
        for n in Notice.objects.filter(user=office.people["handler"]).select_related("case")
    ]
    assert any("审理期限" in text for text in told)
    assert not Notice.objects.filter(user=office.people["clerk"]).exists(), "it is not their case"


def test_a_legal_aid_case_from_intake_to_subsidy(office: Office) -> None:
    case = Case.objects.get(id=aided(office))
    assert (case.stage, case.organ) == ("paid", "gz-aid")
    assert case.number == "穗法援〔2024〕1号"
    signed = EventRow.objects.get(case=case, action="grant")
    assert signed.actor == str(office.people["head"].pk)
    clocks = dict(ClockRow.objects.filter(case=case).values_list("clock", "state"))
    assert {"review", "assign", "subsidy_pay"} <= {clock for clock, state in clocks.items() if state == "met"}


def test_both_verifiers_accept_them(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for story in STORIES.values():
        story(office)
    monkeypatch.setattr(worlds, "SystemWorld", lambda: office.world)
    done = yifa("ledger", "verify")
    assert done.exit_code == 0, done.output
    assert "案件2件" in done.output
    assert yifa("ledger", "export", str(tmp_path / "out")).exit_code == 0
    assert stand_alone(tmp_path / "out").returncode == 0


@pytest.mark.parametrize("line", sorted(STORIES))
def test_one_byte_in_the_database_and_both_name_the_act(
    office: Office, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = STORIES[line](office)
    monkeypatch.setattr(worlds, "SystemWorld", lambda: office.world)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casework_event SET head = set_byte(head, 5, get_byte(head, 5) # 1) WHERE case_id = %s AND seq = 2",
            (case,),
        )
    done = yifa("ledger", "verify")
    mine, theirs = done.output.split("独立程序：")
    assert done.exit_code == 1
    assert f"案件 {Case.objects.get(id=case).number}（{case}） 第2步" in mine
    assert f"案件 {case} 第 3 号事件" in theirs, "outside, events are numbered from 1"


@pytest.mark.parametrize("line", sorted(STORIES))
def test_one_byte_in_an_export_and_the_stand_alone_verifier_names_the_act(
    office: Office, line: str, tmp_path: Path
) -> None:
    case = STORIES[line](office)
    folder = tmp_path / "out"
    log.export(folder)
    assert stand_alone(folder).returncode == 0
    events = folder / "events.ndjson"
    lines = events.read_bytes().splitlines(keepends=True)
    at = next(n for n, text in enumerate(lines) if str(case).encode() in text and b'"seq":4' in text)
    place = lines[at].index(b'"head":"') + 9
    changed = bytearray(lines[at])
    changed[place] = ord("0") if changed[place] != ord("0") else ord("1")
    events.write_bytes(b"".join([*lines[:at], bytes(changed), *lines[at + 1 :]]))
    done = stand_alone(folder)
    assert done.returncode == 1
    assert f"案件 {case} 第 4 号事件" in done.stdout
