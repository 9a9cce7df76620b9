"""Every document of litigation, variable by variable, from the case. What is not here is a passage."""

from typing import Final

from yifa.documents.derivation import Derivation, LinePapers, Source, data, due, fact
from yifa.documents.litigation import case as c
from yifa.documents.litigation.templates import LITIGATION

COMMON: Final[dict[str, Source]] = {
    "court": c.court,
    "court_case_no": fact("court_case_no"),
    "plaintiff": c.plaintiffs,
    "defendant": c.all_defendants,
    "lead_organ": c.lead,
    "contact": c.handlers,
}
# Papers to the court are the defendant's own.
OURS: Final[dict[str, Source]] = {"organ": c.defendant_name, "defendant": c.defendants}

ABOUT: Final[dict[str, Derivation]] = {
    "assign_letter": Derivation(
        {"claims": c.claims, "received_on": c.received, "answer_due": c.answer_due, "draft_due": due("answer_draft")}
    ),
    "answer": Derivation(
        OURS | {
            "received_on": c.copy_received, "appealed": lambda m: m.event.action == "answer_appeal",
            "request": lambda m: ["驳回上诉，维持原判" if m.event.action == "answer_appeal" else "驳回原告的诉讼请求"],
        },
        ("request", "facts", "law"),
    ),
    "evidence_list": Derivation(OURS | {"evidence": c.evidence}, ("evidence",)),
    "evidence_extension_request": Derivation(
        OURS | {"received_on": c.received, "due": c.answer_due, "cause": c.cause}, ("cause", "expected_on")
    ),
    "authority_letter": Derivation(
        OURS | {"agents": c.agents, "powers": lambda m: "一般代理：代为答辩、举证、质证、辩论"}, ("agents", "powers")
    ),
    "officer_identity": Derivation(OURS | {"officer": lambda m: m.setting.name(m.data("officer")), "post": data("post")}),
    "officer_excuse": Derivation(
        OURS | {"hearing_on": c.hearing_day, "ground": c.excuse, "explanation": data("explanation"), "proof": data("proof"),
                "staff": c.staff},
        ("explanation",),
    ),
    "appeal": Derivation(
        OURS | {
            "appellant": c.defendants, "appellee": c.appellees, "appeal_court": lambda m: m.setting.name(m.data("court")),
            "court": lambda m: m.setting.name(m.before.facts.get("court")), "court_case_no": lambda m: m.before.facts.get("court_case_no"),
            "judgment_no": lambda m: f"{m.before.facts.get('court_case_no')}裁判",
            "reasons": lambda m: [m.last("decide_appeal").get("reasons", "")],
            "request": lambda m: ["撤销一审裁判", "依法改判驳回原告的诉讼请求"],
        },
        ("appeal_court", "judgment_no", "request", "reasons"),
    ),
    "loss_memo": Derivation(
        {"superior": c.superior, "result": c.result, "cause": lambda m: [m.data("cause")], "responsible_organ": data("responsible_organ"),
         "improvement": lambda m: [m.data("improvement")]},
        ("superior", "cause", "improvement"),
    ),
    "supervision_notice": Derivation({"item": data("item"), "days_late": data("days_late")}, ("due",)),
    "suggestion_reply": Derivation(
        {"sender": c.sender, "suggestion_no": c.suggestion_no, "received_on": c.suggestion_received, "normative": c.is_normative,
         "adopted": c.adopted, "measures": data("measures")},
        ("sender", "dates", "reasons"),
    ),
    "mediation_agreement": Derivation({"terms": c.agreement, "mediators": c.mediators},
                                      ("plaintiff", "defendant", "dispute", "terms", "performance_due")),
}  # fmt: skip

# What comes with the court's notice to respond, and what the organ brings.
MATERIALS: Final = {
    "complaint": "起诉状副本",
    "notice": "应诉通知书（含负责人出庭义务的告知）",
    "plaintiff_evidence": "原告的证据目录",
    "summons": "传票",
    "file": "作出行政行为的全部案卷",
}

PAPERS = LinePapers(LITIGATION, COMMON, ABOUT, {}, MATERIALS)
