"""Legal aid off the beaten track: handed on and transferred applications, agency staff, refused lawyers, objections."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from yifa.simulation.behaviour import legal_aid as a
from yifa.simulation.plan import partner
from yifa.simulation.steps import Matter, Path, Side, Step, after, before, same_day, workdays
from yifa.simulation.world import SUBSIDIES

ADDRESSEE = "there"  # the case opened anew at the competent agency


def elsewhere(m: Matter) -> None:
    """Somebody who applies at the window of a neighbouring agency."""
    a.poor(m)
    m.about["competent"] = m.organ
    m.organ = partner(m.organ)


def same_matter(m: Matter) -> None:
    """The case at the competent agency is about the same."""
    m.about = m.home.about


def detained(m: Matter) -> None:
    """Somebody in custody who asks for a defender, through the duty lawyer."""
    a.person(m, matter=None, kind="crim_defence_applied", stage="prosecution", groups=[], household=a.POOR)


# --------------------------------------------------------------------------------------------- what is said


def _at_neighbour(m: Matter) -> dict[str, Any]:
    return a.receive(m, receiving_agency=m.organ, competent_agency=m.about["competent"], channel="citywide")


def _from_custody(m: Matter) -> dict[str, Any]:
    said = a.receive(m, detained=True, channel="duty_lawyer")
    return {name: value for name, value in said.items() if value is not None}


def _applied(m: Matter) -> dict[str, Any]:
    return {"applicant": m.about["name"], "applied_at": m.day, "organ_received_on": m.day}


def _forward(m: Matter) -> dict[str, Any]:
    return {
        "applicant": m.about["name"],
        "applied_at": m.planned.arrives,
        "forwarded_at": m.day,
        "received_at": m.day,
    }


def _staff(m: Matter) -> dict[str, Any]:
    who = f"{m.organ}/reviewer-{1 + m.number % 3}"
    return {"person": who, "lawyer": {"id": who, "role": "staff"}}


def _paid_for(kind: str) -> Any:
    return lambda m: {"amount": SUBSIDIES[kind]}


def _missing(m: Matter) -> dict[str, Any]:
    return {"received_on": m.day, "missing": ["会见笔录"]}


def _maintained(m: Matter) -> dict[str, Any]:
    return {"result": "maintain", "served_on": m.day}


def _allowed(m: Matter) -> dict[str, Any]:
    return {"allowed_on": m.day}


def _filed(m: Matter) -> dict[str, Any]:
    return {"filed_on": m.day}


# ---------------------------------------------------------------------------------------------------- books


def _taken_up(m: Matter) -> None:
    """Accepted at the competent agency; its review runs from the first window."""
    a.citywide(m)
    a.waits(m)


def _corrected(m: Matter) -> None:
    a.objected(m, corrected=True)


def _upheld(m: Matter) -> None:
    a.objected(m, corrected=False)


def _granted_after_all(m: Matter) -> None:
    """The review was met by the refusal; now only the assignment is due."""
    a.counted(m)
    m.wait("assign_on_time", m.due("assign"))


def _arranged(m: Matter) -> None:
    a.assigned(m)


# ---------------------------------------------------------------------------------------------------- paths

_RECEIVE, _BEGIN, _GRANT, _ASSIGN, _WORK, _END, _FILE = (
    a.RECEIVE,
    a.BEGIN,
    a.GRANT,
    a.ASSIGN,
    a.WORK,
    a.END,
    a.FILE,
)
_GIVEN = (_RECEIVE, _BEGIN, _GRANT)
_FILED, _ACCEPTED, _PAID, _ARCHIVED = _FILE
_MEETS = (a.SIGN, a.COURT_PAPERS, a.MEET)
_TOLD = Step("assign", before("assign_notified", 0, 2), a.lawyer_told, a.assigned)
_OBJECT = Step("object", after(3, 12), a.objecting, role="bureau")
_TERMINATE = Step("terminate", after(10, 40), {"ground": 4})


def _there(*steps: Step) -> tuple[Step, ...]:
    return tuple(step._replace(of=ADDRESSEE) for step in steps)


def _not_granted(*steps: Step) -> Path:
    return Path((_RECEIVE, _BEGIN, a.REFUSE, _OBJECT, *steps), a.rich)


PATHS: Mapping[str, Path] = {
    "citywide": Path((
        Step("receive", same_day, _at_neighbour), Step("transfer", workdays(0, 1), lambda m: {"target": m.about["competent"]}),
        *_there(Step("begin_review", same_day, {}, _taken_up), _GRANT, *a.AFTER_GRANT)), elsewhere,
        sides={ADDRESSEE: Side("legal_aid", lambda m: m.about["competent"], same_matter, follows=True)}),
    "drafted_online": Path((
        Step("save_draft", same_day, lambda m: {"applicant": m.about["name"], "kind": m.about["kind"]}), _RECEIVE._replace(when=workdays(0, 2)),
        _BEGIN, _GRANT, *a.AFTER_GRANT), a.poor),
    "detained": Path((
        Step("apply_through_duty_lawyer", same_day, _applied, role="duty_lawyer"), Step("forward", workdays(0, 1), _forward),
        Step("relatives_informed", same_day, lambda m: {"told_on": m.day}), Step("receive", same_day, _from_custody, a.waits), _BEGIN,
        Step("propose", workdays(0, 1), a.lawyer, role="assigner"), _GRANT, _ASSIGN, *_MEETS,
        Step("end", after(25, 80), lambda m: {"ended_on": m.day}, role="aid_person"), _FILED, _ACCEPTED,
        Step("pay", after(5, 20), _paid_for("crim_defence_applied")), _ARCHIVED), detained),
    "lawyer_refused": Path((
        Step("receive", same_day, _from_custody, a.waits), _BEGIN, _GRANT, _ASSIGN, *_MEETS, Step("refuse_lawyer", after(3, 12), _allowed),
        _FILED, _ACCEPTED, Step("pay", after(5, 20), _paid_for("crim_defence_applied")), _ARCHIVED), detained),
    "renotified": Path((
        Step("organ_finds", same_day, lambda m: {"found_on": m.day, "notice_ground": m.about["ground"]}),
        a.NOTICE._replace(when=workdays(0, 1)), _TOLD, *_MEETS, Step("refuse_lawyer", after(3, 12), _allowed),
        Step("court_notifies_again", after(5, 8), _filed), Step("change", workdays(0, 2), a.other_lawyer),
        *_MEETS, Step("end", after(25, 90), lambda m: {"ended_on": m.day}, role="aid_person"), *_FILE), a.accused),
    "own_defender": Path((
        a.NOTICE, _TOLD, *_MEETS, Step("refuse_lawyer", after(3, 12), _allowed), Step("retain_own", after(1, 4), _filed),
        Step("terminate", workdays(1, 2), {"ground": 6}), _FILED, _ACCEPTED, Step("pay", after(5, 20), a.pay), _ARCHIVED), a.accused),
    "court_hearing": Path((
        a.NOTICE, _TOLD, Step("set_hearing", workdays(0, 2), lambda m: {"hearing_on": m.workday(m.day + timedelta(days=30))}),
        Step("court_materials_in", workdays(2, 8), _filed), *a.DEFENCE), a.accused),
    "assisted_elsewhere": Path((
        _RECEIVE, Step("assist_request", workdays(0, 2), {"agency": "示例市法律援助处"}, a.stops),
        Step("assist_reply", after(4, 12), {"agency": "示例市法律援助处", "result": "情况属实"}, a.waits), _GRANT, *a.AFTER_GRANT), a.poor),
    "supplement_extended": Path((
        _RECEIVE, a.SUPPLEMENT, Step("extend_supplement", before("supplement", 1, 4), lambda m: {"new_due": m.due("supplement") + timedelta(days=7)}),
        Step("supplement_in", before("supplement", 0, 6), lambda m: {"received_on": m.day, "materials": ["劳动合同"]}, a.waits),
        Step("grant", before("review", 0, 2), {}, a.granted), *a.AFTER_GRANT), a.migrant),
    "inside": Path((
        *_GIVEN, Step("arrange_inside", before("assign", 0, 2), _staff, _arranged), Step("begin_handling", workdays(0, 2), role="aid_person"),
        Step("report_progress", after(10, 30), role="aid_person"), _END, _FILED, _ACCEPTED, _ARCHIVED), a.poor),
    "file_returned": Path((
        *_GIVEN, _ASSIGN, *_WORK, _END, _FILED, Step("file_return_back", after(2, 6), _missing), _FILED, _ACCEPTED, _PAID, _ARCHIVED), a.poor),
    "fraud": Path((
        *_GIVEN, _ASSIGN, *_WORK, Step("report_ground", after(10, 40), role="aid_person"), Step("terminate", workdays(1, 3), {"ground": 1}),
        Step("recover", after(5, 15), {"amount": 1800, "fine": 1000}, role="bureau"), *a.HALF_FILE), a.poor),
    "termination_undone": Path((
        *_GIVEN, _ASSIGN, *_WORK, _TERMINATE, Step("object", after(3, 9), lambda m: {"received_on": m.day, "against": "termination"}, role="bureau"),
        Step("objection_decide", after(2, 5), {"result": "correct"}, _corrected), Step("resume_after_objection", workdays(0, 2)), _END, *_FILE), a.poor),
    "refusal_corrected": _not_granted(
        Step("objection_decide", after(2, 5), {"result": "correct"}, _corrected), Step("resume_after_objection", workdays(0, 2)),
        Step("grant", workdays(1, 3), {"household": a.POOR}, _granted_after_all), *a.AFTER_GRANT),
    "refusal_reviewed": _not_granted(
        Step("objection_decide", after(2, 5), _maintained, _upheld), Step("apply_reconsideration", after(5, 40), _filed)),
    "refusal_sued": _not_granted(Step("objection_decide", after(2, 5), _maintained, _upheld), Step("sue", after(5, 60), _filed)),
    "paper_drafted": Path((Step("draft_document", same_day, lambda m: {"applicant": m.about["name"], "document": "劳动仲裁申请书"}),), a.migrant),
}  # fmt: skip
