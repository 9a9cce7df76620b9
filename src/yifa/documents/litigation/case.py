"""A suit as its documents name it: parties, claims, days, who answers for whom."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yifa.documents.derivation import Matter, day_of
from yifa.language.acts import Event
from yifa.language.words import word
from yifa.lines.litigation.guards_after import replied_kind
from yifa.lines.litigation.guards_court import hearing_at
from yifa.lines.litigation.inputs import Agent, Registration
from yifa.lines.litigation.law import EXCUSES
from yifa.lines.litigation.tables import RESULTS


def suit(m: Matter) -> Mapping[str, Any]:
    """The registration."""
    return m.last("register_case")


def court(m: Matter) -> str:
    return m.setting.name(m.fact("court"))


def plaintiffs(m: Matter) -> list[dict[str, Any]]:
    """The plaintiffs with their particulars."""
    return [
        {
            "name": p.name or m.setting.name(p.id),
            "kind": p.kind,
            "address": p.address,
            "id_number": p.id_number,
            "credit_code": p.credit_code,
        }
        for p in suit(m).get("plaintiffs", ())
    ]


def defendants(m: Matter) -> list[dict[str, Any]]:
    """The defendant the act concerns; all of them where it names none."""
    rows = [d for d in suit(m).get("defendants", ()) if m.event.party in (None, d.id)]
    return [{"name": _named(m, d), "kind": "organ"} for d in rows or suit(m).get("defendants", ())]


def all_defendants(m: Matter) -> list[dict[str, Any]]:
    return [{"name": _named(m, d), "kind": "organ"} for d in suit(m).get("defendants", ())]


def defendant_name(m: Matter) -> str:
    """Who signs a paper to the court: the defendant itself."""
    return "、".join(d["name"] for d in defendants(m))


def _named(m: Matter, defendant: Any) -> str:
    return defendant.name or m.setting.name(defendant.id)


def claims(m: Matter) -> list[str]:
    return [word(Registration, "claims", code) for code in suit(m).get("claims", ())]


def lead(m: Matter) -> dict[str, str]:
    return {"name": m.setting.name(m.fact("lead_organ")), "kind": "organ"}


def handlers(m: Matter) -> str:
    return "、".join(m.setting.name(who) for who in m.fact("handlers") or ())


def received(m: Matter) -> date | None:
    """The day from which the answer's period runs, for the defendant concerned."""
    rows = [i for i in m.view.clocks.get("answer_and_evidence", ()) if m.event.party in (None, i.subject)]
    day: date | None = min((day_of(i.start) for i in rows), default=m.fact("complaint_received_on"))
    return day


def copy_received(m: Matter) -> date | None:
    """In an appeal the copy of the appeal, else that of the complaint."""
    return appeal_received(m) if m.event.action == "answer_appeal" else received(m)


def appeal_received(m: Matter) -> date | None:
    rows = m.view.clocks.get("appeal_answer", ())
    return min((day_of(i.start) for i in rows), default=None)


def answer_due(m: Matter) -> date | None:
    rows = [i for i in m.view.clocks.get("answer_and_evidence", ()) if m.event.party in (None, i.subject)]
    return min((day_of(i.due.due) for i in rows if i.due.due is not None), default=None)


def evidence(m: Matter) -> list[list[str]]:
    """The evidence as numbered by the organ; sources and purposes are the drafter's."""
    return [[str(n), name, "", "", ""] for n, name in enumerate(m.data("evidence") or (), start=1)]


def cause(m: Matter) -> str:
    return {"force_majeure": "不可抗力", "proper": "正当事由"}.get(str(m.data("cause")), "")


def agents(m: Matter) -> list[list[str]]:
    """Agents with what they are."""
    return [[m.setting.name(a.id), word(Agent, "kind", a.kind)] for a in m.data("agents") or ()]


def hearing_day(m: Matter) -> date | None:
    """The day of the hearing set last."""
    day: date | None = day_of(hearing_at(m.view))
    return day


def excuse(m: Matter) -> str:
    return EXCUSES.get(str(m.data("ground")), "")


def staff(m: Matter) -> list[str]:
    return [m.setting.name(who) for who in m.data("staff") or ()]


def result(m: Matter) -> str:
    """What the court decided, in words."""
    kind = RESULTS.get(str(m.fact("result")))
    return kind.title if kind else ""


def superior(m: Matter) -> dict[str, str]:
    """The government the analysis goes to."""
    own = m.setting.organ_of(m.view.organ or m.setting.organ)
    return {"name": own.government or own.name, "kind": "organ"}


def appellees(m: Matter) -> list[dict[str, Any]]:
    return plaintiffs(m)


def suggestion(m: Matter) -> Event | None:
    """The suggestion that is answered: the one named, else the latest of the kind."""
    asked = m.view.acts.get("receive_suggestion", ())
    named = next((act for act in asked if act.seq == m.event.re), None)
    kind = replied_kind(m.before, m.event)
    return named or next((act for act in reversed(asked) if act.data.get("kind") == kind), None)


def _suggested(m: Matter, name: str) -> Any:
    found = suggestion(m)
    return found.data.get(name) if found else None


def sender(m: Matter) -> dict[str, str] | None:
    name = m.setting.name(_suggested(m, "sender"))
    return {"name": name, "kind": "organ"} if name else None


def suggestion_no(m: Matter) -> Any:
    return _suggested(m, "number")


def suggestion_received(m: Matter) -> Any:
    found = suggestion(m)
    return day_of(found.data.get("received_on") or found.effective_on) if found else None


def is_normative(m: Matter) -> bool:
    return bool(_suggested(m, "kind") == "normative")


def adopted(m: Matter) -> str:
    return {"yes": "予以采纳", "part": "部分采纳", "no": "未予采纳"}.get(str(m.data("adopted")), "")


def agreement(m: Matter) -> list[str]:
    return [m.data("agreement")] if m.data("agreement") else []


def mediators(m: Matter) -> list[str]:
    return [m.setting.name(who) for who in m.last("refer_mediation").get("mediators", ())]
