"""Every document of mediation, variable by variable, from the case. What is not here is a passage."""

from typing import Final

from yifa.documents.derivation import Derivation, LinePapers, Matter, Source, data, data_day, fact
from yifa.documents.mediation import case as c
from yifa.documents.mediation.templates import MEDIATION
from yifa.documents.wording import chinese_date


def _said(name: str) -> Source:
    return lambda m: c.form(m).get(name)


def _one(name: str) -> Source:
    """A text of the intake form as a list of one."""
    return lambda m: [c.form(m)[name]] if c.form(m).get(name) else []


def _listed(name: str) -> Source:
    """A text of the act as a list of one."""
    return lambda m: [m.data(name)] if m.data(name) else []


def _meeting(m: Matter) -> list[str]:
    return [m.data("record")] if m.data("record") else []


def _present(m: Matter) -> list[str]:
    mediators = [m.setting.name(who) for who in m.fact("mediators") or ()]
    return [*c.names(m).values(), *(f"{name}（调解员）" for name in mediators)]


def _court(m: Matter) -> dict[str, str]:
    return {"name": m.setting.name(m.data("court")), "kind": "organ"}


def _body(m: Matter) -> str:
    return m.setting.name(m.view.organ or m.setting.organ)


COMMON: Final[dict[str, Source]] = {
    "parties": c.parties,
    "dispute_type": c.dispute_type,
    "facts": _one("facts"),
    "claims": _one("claim"),
    "registered_on": fact("registered_on"),
    "received_on": fact("received_on"),
    "agreed_on": fact("agreed_on"),
}
ABOUT: Final[dict[str, Derivation]] = {
    "med_application": Derivation({"applied_on": fact("received_on"), "oral": lambda m: c.form(m).get("form") == "oral"}),
    "med_register": Derivation(
        {
            "channel": c.channel, "particulars": c.particulars, "consent": c.consent, "people_count": c.people, "risk": c.risk,
            "amount": c.amount, "referrer": _said("referrer"), "handed_over_on": _said("handed_over_on"),
        }
    ),
    "med_record": Derivation(
        {
            "time": lambda m: chinese_date(m.day), "place": lambda m: m.data("place") or _body(m), "present": _present,
            "answer": lambda m: "当事人表示清楚，同意调解。", "course": _meeting, "result": lambda m: "继续调解。",
        },
        ("time", "place", "present", "answer", "course", "result"),
    ),
    "med_agreement": Derivation(
        {"facts": c.agreed_facts, "terms": c.terms, "performance": c.performance}, ("facts", "terms", "performance")
    ),
    "med_oral": Derivation({"terms": c.terms, "performance": c.performance}, ("performance",)),
    "med_visit": Derivation({"visited_on": data_day("visited_on"), "performed": c.performed, "situation": _listed("note")}, ("situation", "agreement_no")),
    "med_fail": Derivation(
        {"reason": c.end_reason, "routes": c.routes, "refused": lambda m: m.event.action == "refuse"}, ("reason",)
    ),
    "med_confirm_app": Derivation(
        {
            "court": _court, "body": _body, "facts": c.agreed_facts, "terms": c.terms, "contacts": c.contacts,
            "materials": lambda m: ["调解协议", "申请人身份证明", "调解组织主持调解的证明", "与协议有关的财产权利证明"],
        },
        ("facts", "materials", "agreement_no"),
    ),
    "med_refer": Derivation({"to": c.target, "limits": c.limits, "situation": data("reason")}, ("situation",)),
    "med_risk": Derivation(
        {"to": c.reported_to, "found_at": c.found_at, "situation": _listed("facts"), "measures": _listed("measures")},
        ("situation", "measures"),
    ),
}  # fmt: skip

# What an application should bring; an oral one is written down at the window.
MATERIALS: Final = {
    "application": "人民调解申请书（口头申请的，由调解组织记录）",
    "identity": "当事人身份证明",
    "evidence": "与纠纷有关的证据材料",
    "authority": "代理权证明（由代理人申请的）",
    "referral": "移送函（由其他单位移送的）",
}

PAPERS = LinePapers(MEDIATION, COMMON, ABOUT, {}, MATERIALS)
