"""A compact generator of cases: a few hundred matters through the real door, with a tally of its own.

Nobody in them is real. What the tally counts it counts from the script, never from what the system derived.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from tests.casework.support import TestWorld, application
from yifa.casework.bulk import BulkDriver
from yifa.casework.requests import Answer, Ask, Done
from yifa.language.acts import Actor, Command

ROLES = frozenset({
    "window_clerk", "handler", "section_head", "body_head", "organ_head", "reviewer", "agency_head", "assigner", "duty_lawyer",
    "bureau", "assessor", "aid_person", "firm", "superior",
})  # fmt: skip
SEVEN = [1, 2, 3, 4, 5, 6, 7]
REVIEWERS = ("gz-gov", "440106-gov", "440111-gov")
AGENCIES = ("gz-aid", "440106-aid", "440113-aid")
RESPONDENTS = ("gz-scj", "gz-gaj", "440106-sfj")
Door = Callable[[Ask], Answer]


class Play:
    """One case after the other, each act recorded at ten on its day unless said otherwise."""

    def __init__(self, door: Door, world: TestWorld, seed: int = 1) -> None:
        self.door, self.world, self.rng = door, world, Random(seed)
        self.tally: Counter[str] = Counter()
        self.cases: list[UUID] = []
        self.where: dict[UUID, tuple[str, str]] = {}

    def open(self, line: str, organ: str, action: str, day: date, /, **data: Any) -> UUID:
        """A new case."""
        done = self._do(line, organ, None, action, day, None, data, None)
        self.cases.append(done.case)
        self.where[done.case] = line, organ
        return done.case

    def do(
        self, case: UUID, action: str, day: date, /, party: str | None = None, recorded: date | None = None, **data: Any
    ) -> Done:  # fmt: skip
        """An act in a case."""
        line, organ = self.where[case]
        return self._do(line, organ, case, action, day, party, data, recorded)

    def _do(
        self, line: str, organ: str, case: UUID | None, action: str, day: date, party: str | None, data: Any,
        recorded: date | None,
    ) -> Done:  # fmt: skip
        on = recorded or day
        self.world.moment = timezone.make_aware(datetime(on.year, on.month, on.day, 10))
        who = Actor("甲", ROLES, organ)
        done = self.door(Ask(Command(action, day, data, party), who, str(uuid4()), line, case, organ))
        assert isinstance(done, Done), (action, day, done)
        return done

    # -------------------------------------------------------------------------------- reconsideration

    def reconsideration(self, number: int, received: date) -> UUID:
        """One of nine courses of a reconsideration."""
        organ, respondent = REVIEWERS[number % 3], RESPONDENTS[number % 2]
        respondents = [respondent, RESPONDENTS[2]] if number % 10 == 9 else [respondent]
        data = application(received.isoformat(), respondents=respondents, act_category=1 + number % 4)
        data |= {"topic_tags": ["市场监管投诉举报"]} if number % 7 == 0 else {}
        applicant = data["applicants"][0]["id"]
        data["act"]["doc_no"] = f"测罚〔{received.year}〕{number}号"
        case = self.open("reconsideration", organ, "receive_application", received, **data)
        self.tally["new_applications"] += 1
        course = COURSES[number % len(COURSES)]
        course(self, case, received, [*respondents, applicant])
        return case

    def accepted(self, case: UUID, day: date) -> None:
        self.do(case, "accept", day, accepted_on=day, conditions_met=SEVEN)
        self.do(case, "assign_handler", day, handlers=["甲", "乙"])
        self.tally["accepted"] += 1

    def decided(self, case: UUID, day: date, parties: list[str], kind: str) -> None:
        self.do(case, "decide", day, decision_type=kind)
        for party in parties:
            self.do(case, "serve_decision", day + timedelta(5), party=party, served_on=day + timedelta(5))

    # -------------------------------------------------------------------------------- legal aid

    def legal_aid(self, number: int, day: date) -> UUID:
        """One of six courses of legal aid."""
        organ = AGENCIES[number % 3]
        course = AID_COURSES[number % len(AID_COURSES)]
        return course(self, organ, number, day)


def _upheld(play: Play, case: UUID, day: date, parties: list[str]) -> None:
    play.accepted(case, day + timedelta(2))
    play.decided(case, day + timedelta(40), parties, "uphold")
    play.tally["concluded"] += 1
    play.tally["on_time"] += 1
    play.tally["resolved"] += 1
    play.tally["window_over"] += 1


def _revoked_and_sued(play: Play, case: UUID, day: date, parties: list[str]) -> None:
    play.accepted(case, day + timedelta(2))
    play.decided(case, day + timedelta(50), parties, "revoke")
    sued = day + timedelta(60)
    play.do(case, "record_lawsuit", sued, party=parties[-1], filed_on=sued, court_case_no=f"测行初{case}")
    play.do(case, "record_court_result", sued + timedelta(40), final_on=sued + timedelta(40), lost=True)
    play.tally.update(["concluded", "on_time", "corrects", "sued", "window_over", "court", "lost"])


def _withdrawn(play: Play, case: UUID, day: date, parties: list[str]) -> None:
    play.accepted(case, day + timedelta(1))
    play.do(case, "withdraw", day + timedelta(20), settled=True, reason="双方和解")
    play.tally.update(["concluded", "on_time", "settled", "window_over", "resolved"])


def _late(play: Play, case: UUID, day: date, parties: list[str]) -> None:
    play.accepted(case, day + timedelta(1))
    play.decided(case, day + timedelta(80), parties, "confirm_illegal")
    play.tally.update(["concluded", "corrects", "window_over", "resolved"])


def _refused(play: Play, case: UUID, day: date, parties: list[str]) -> None:
    play.do(case, "refuse", day + timedelta(2), condition=2, reason="没有利害关系")


def _heard(play: Play, case: UUID, day: date, parties: list[str]) -> None:
    play.accepted(case, day + timedelta(1))
    for n in (20, 25):
        notice = day + timedelta(n - 12)
        play.do(
            case,
            "notify_hearing",
            notice,
            hearing_on=day + timedelta(n),
            served_on=notice,
            chair="丙",
            officers=["丁", "戊"],
            clerk="己",
        )
        play.do(case, "hold_hearing", day + timedelta(n), held_on=day + timedelta(n), record="笔录")
    play.decided(case, day + timedelta(45), parties, "change")
    play.do(
        case,
        "issue_opinion",
        day + timedelta(46),
        to=parties[0],
        received_on=day + timedelta(46),
        issue="程序瑕疵",
    )
    play.do(case, "record_feedback", day + timedelta(80), received_on=day + timedelta(80), content="已整改")
    play.tally.update(["concluded", "on_time", "corrects", "hearing", "feedback", "window_over", "resolved"])


def _forgotten(play: Play, case: UUID, day: date, parties: list[str]) -> None:
    """Nobody examines it: accepted by law, and nothing is recorded of that."""
    play.tally["accepted"] += 1


def _corrected(play: Play, case: UUID, day: date, parties: list[str]) -> None:
    """A wrong decision is annulled the next day and made again."""
    play.accepted(case, day + timedelta(1))
    seq = play.do(case, "decide", day + timedelta(30), decision_type="uphold").seq
    play.do(case, "annul", day + timedelta(31), target=seq, reason="误录，结论有误")
    play.do(case, "grant_file_access", day + timedelta(31), who="乙", what=["答复"])
    play.decided(case, day + timedelta(32), parties, "revoke_part")
    play.tally.update(["concluded", "on_time", "corrects", "window_over", "resolved"])


def _pending(play: Play, case: UUID, day: date, parties: list[str]) -> None:
    play.accepted(case, day + timedelta(1))
    play.do(case, "suspend", day + timedelta(10), ground=1, suspended_on=day + timedelta(10))


COURSES = (_upheld, _revoked_and_sued, _withdrawn, _late, _refused, _heard, _forgotten, _corrected, _pending)


def _aid(play: Play, organ: str, number: int, day: date, **changes: Any) -> UUID:
    data = {
        "applicant": f"测试{number}", "received_at": day, "kind": "labour", "stage": "arbitration", "matter_code": "labour_pay",
        "groups": ["migrant_worker", "woman"] if number % 2 else ["migrant_worker"], "mode": "documents", **changes,
    }  # fmt: skip
    return play.open("legal_aid", organ, "receive", day, **data)


def _granted(play: Play, organ: str, number: int, day: date) -> UUID:
    case = _aid(
        play,
        organ,
        number,
        day,
        receiving_agency="440113-aid",
        competent_agency=organ,
        **({"transferred_from": "440113-aid"} if organ != "440113-aid" else {}),
    )
    play.do(case, "begin_review", day + timedelta(1))
    late = number % 4 == 0
    decided = day + timedelta(12 if late else 4)
    play.do(case, "grant", decided, decided_on=decided)
    play.tally.update(
        [
            "aid",
            "migrant",
            "citywide" if organ != "440113-aid" else "",
            "review",
            "" if late else "review_met",
        ]
    )
    return case


def _consulted(play: Play, organ: str, number: int, day: date) -> UUID:
    persons = 1 + number % 5
    play.tally["persons"] += persons
    return play.open("legal_aid", organ, "consult", day, topic="工资", persons=persons)


def _duty(play: Play, organ: str, number: int, day: date) -> UUID:
    said = {"person": f"测试{number}", "organ_case_no": f"测{number}号", "stage": "prosecution"}
    case = play.open("legal_aid", organ, "duty_request", day, **said)
    play.do(case, "duty_help", day, **said, lawyer="律师甲", content=["consultation"])
    play.do(case, "duty_help", day + timedelta(3), **said, lawyer="律师甲", content=["case_opinion"])
    play.tally.update(["aid", "duty"])
    return case


def _notified(play: Play, organ: str, number: int, day: date) -> UUID:
    play.tally["aid"] += 1
    return play.open("legal_aid", organ, "notify_in", day, received_on=day, notice_ground="minor", stage="first", name=f"测试{number}",
                     cause="盗窃", contact="测试法院", organ_case_no=f"测刑{number}号")  # fmt: skip


def _aid_pending(play: Play, organ: str, number: int, day: date) -> UUID:
    """Received, and nobody decides: the period runs out."""
    play.tally["review"] += 1
    return _aid(play, organ, number, day)


AID_COURSES = (_granted, _consulted, _duty, _notified, _aid_pending)


def play_year(world: TestWorld, year: int = 2023, count: int = 90, seed: int = 1) -> Play:
    """A small year through the bulk door: half reconsiderations, half legal aid."""
    with BulkDriver(world) as door:
        play = Play(door.perform, world, seed)
        for number in range(count):
            day = date(year, 1, 4) + timedelta(days=number * 240 // count)
            play.reconsideration(number, day)
            play.legal_aid(number, day)
        play.world.moment = timezone.make_aware(datetime(year, 12, 31, 23))
    return play
