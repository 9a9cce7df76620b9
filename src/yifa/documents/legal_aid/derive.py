"""Every document of legal aid, variable by variable, from the case. What is not here is a passage."""

from decimal import Decimal
from typing import Any, Final

from yifa.documents.derivation import (
    Derivation,
    LinePapers,
    Matter,
    Source,
    data,
    day_of,
    due,
    fact,
    last_day,
)
from yifa.documents.legal_aid import case as c
from yifa.documents.legal_aid.templates import LEGAL_AID
from yifa.documents.money import capitals, figures
from yifa.documents.service import SERVICE
from yifa.lines.legal_aid.subsidy import row_for

COMMON: Final[dict[str, Source]] = {
    "organ": lambda m: c.agency(m).name,
    "applicant": c.person,
    "addressee": c.person,
    "matter": c.matter,
    "applied_on": fact("first_received_on"),
    "received_on": lambda m: m.fact("first_received_on") or m.fact("notified_on"),
    "granted_on": fact("granted_on"),
    "aid_first_on": fact("aid_first_on"),
    "form": c.form,
    "capacity": c.capacity,
    "reason": data("reason"),
    "bureau": lambda m: c.agency(m).set_up_by,
}
_LAWYER: Final[dict[str, Source]] = {"lawyer": c.lawyer, "firm": c.firm}
_LAWYER_SAID: Final = ("licence_no", "lawyer_phone", "firm")
_GROUNDS: Final = {"limitation": 1, "preservation": 2, "other_law": 3}
_GRADES: Final = {"excellent": "优秀", "good": "良好", "pass": "合格", "fail": "不合格"}


def _window(m: Matter) -> str:
    return m.setting.name(m.data("receiving_agency")) or c.agency(m).name


def _term(m: Matter) -> Any:
    """The term in days, unless the notice names the last day itself."""
    return None if m.data("due_on") else m.data("term")


def _row(m: Matter) -> Any:
    """The row of the subsidy table in force at the end of the work."""
    day = m.fact("ended_on") or m.day
    table = m.view.env.parameters.at("subsidy_table", day)
    return row_for(table, c.kind(m), m.fact("phase"), m.data("area"))


def _row_title(m: Matter) -> str:
    row = _row(m)
    stage = c.PHASES.get(row.get("stage") or "", "") if row else ""
    return f"{c.FORMS.get(c.kind(m), '')}{f'（{stage}）' if stage else ''}" if row else ""


def _standard(m: Matter) -> str:
    row = _row(m)
    return figures(Decimal(str(row["amount"]))) if row else ""


ABOUT: Final[dict[str, Derivation]] = {
    "SJQD": Derivation({"materials": c.materials, "window": _window}, ("matter",)),
    "BCTZ": Derivation(
        {"items": data("items"), "term": _term, "due": data("due_on")}, ("items", "matter")
    ),
    "GYJD": Derivation({"path": c.path, "matter_item": c.matter_item, "path_item": c.path_item}, ("form", "matter")),
    "BYJD": Derivation({"reason": data("reasons"), "rule": c.unmet}, ("reason", "matter")),
    "XXTG": Derivation(
        {
            "ground": lambda m: _GROUNDS.get(m.data("ground")),
            "limit_on": lambda m: m.data("limitation_date") or m.fact("limitation_date"),
            "makeup_due": due("aid_first_makeup"),
        },
        ("form", "matter"),
    ),
    "ZPTZ": Derivation(
        {**_LAWYER, "to": c.to_organ},
        (*_LAWYER_SAID, "recipient_contact", "form", "matter"),
    ),
    "ZPGH": Derivation(_LAWYER, ("to", *_LAWYER_SAID, "capacity", "matter")),
    "TZHD": Derivation(
        {
            **_LAWYER, "to": c.to_organ, "charge": lambda m: c.said(m).get("cause"),
            "notice_on": last_day("notify_in", "notified_on"), "notice_no": lambda m: c.said(m).get("organ_case_no"),
        },
        (*_LAWYER_SAID, "to", "charge", "notice_no", "capacity"),
    ),
    "GHJD": Derivation(
        {
            **_LAWYER, "former_lawyer": c.former_lawyer, "reason": lambda m: m.data("reason") or c.change_reason(m), "agreed": data("granted"),
            "requested_on": last_day("change_request", "received_on"),
        },
        ("reason", "requested_on", "matter", *_LAWYER_SAID),
    ),
    "ZZJD": Derivation(
        {"ground": c.termination_item, "terminated_on": fact("terminated_on")}, ("reason", "matter")
    ),
    "YYJD": Derivation(
        {
            "organ": lambda m: c.agency(m).set_up_by, "agency": lambda m: c.agency(m).name,
            "decision_title": lambda m: c.objected_to(m)[0], "decided_on": lambda m: day_of(c.objected_to(m)[1]),
            "decision_no": lambda m: m.setting.case_no, "objected_on": last_day("object", "received_on"),
            "result": data("result"), "review_organ": lambda m: c.agency(m).government,
            "court": lambda m: m.setting.courts.get("basic"),
        },
        ("reason", "court"),
    ),
    "GZCN": Derivation(
        {"fact": lambda m: "家庭经济困难状况", "standard": c.hardship_standard, "statements": c.statements},
        ("fact", "standard", "statements"),
    ),
    "BZFD": Derivation(
        {
            "lawyer": lambda m: m.setting.name(m.fact("person")), "payee": lambda m: m.setting.name(m.fact("person")),
            "firm": lambda m: _firm_assigned(m), "ended_on": fact("concluded_on"),
            "file_accepted_on": fact("file_accepted_on"), "table_row": _row_title, "standard_amount": _standard,
            "grade": lambda m: _GRADES.get(m.fact("grade"), "未评估"), "factor": lambda m: str(m.data("factor") or 1),
            "amount": lambda m: figures(m.data("amount")), "amount_words": lambda m: capitals(m.data("amount")),
        },
        ("account", "payee", "firm", "form", "matter"),
    ),
    "FLBZ": Derivation(
        {
            "time": c.help_time, "place": c.duty("place"), "stage": lambda m: c.PHASES.get(c.duty("stage")(m) or ""),
            "case_organ": lambda m: m.setting.name(c.duty("organ")(m)), "organ_case_no": c.duty("organ_case_no"),
            "lawyer": lambda m: m.setting.name(m.fact("person")),
            "content": lambda m: [c.HELP[code] for code in m.data("content") or ()], "opinion": data("opinion"),
        },
        ("time", "place", "charge", "case_organ", "licence_no", "opinion", "answer"),
    ),
    "service_proof": SERVICE,
}  # fmt: skip


def _firm_assigned(m: Matter) -> Any:
    """The firm of the latest assignment."""
    assigned = m.view.last("change") or m.view.last("assign")
    if assigned is None:
        return None
    return c.firm(Matter(m.before, m.view, assigned, m.setting))


# What an application should bring (LAL 38, PR chapter 3).
MATERIALS: Final = {
    "application": "法律援助申请表",
    "identity": "申请人身份证明",
    "matter": "与申请事项有关的案件材料",
    "means": "经济困难状况说明表（或者个人诚信承诺书）",
    "authority": "代理权证明（由代理人申请的）",
}

PAPERS = LinePapers(LEGAL_AID, COMMON, ABOUT, materials=MATERIALS)
