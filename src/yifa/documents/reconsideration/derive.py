"""Every document of reconsideration, variable by variable, from the case. What is not here is a passage."""

from typing import Any, Final

from yifa.documents.derivation import (
    Derivation,
    LinePapers,
    Matter,
    Source,
    always,
    chosen,
    data,
    data_day,
    day_of,
    due,
    fact,
    last_day,
    named,
)
from yifa.documents.reconsideration import case as c
from yifa.documents.reconsideration.templates import RECONSIDERATION
from yifa.documents.service import SERVICE
from yifa.documents.wording import chinese_date, joined
from yifa.lines.reconsideration.grounds import suspension_item, termination_item

COMMON: Final[dict[str, Source]] = {
    "organ": c.organ,
    "applicant": c.parties("applicant"),
    "respondent": c.parties("respondent"),
    "addressee": c.addressee,
    "act": c.act,
    "filed_on": fact("filed_on"),
    "received_on": fact("first_received_on"),
    "accepted_on": fact("accepted_on"),
    "procedure": fact("procedure"),
    "handler": c.handlers,
    "matter": c.matter,
    "reason": data("reason"),
}
_THIRD: Final = {"third_party": c.parties("third_party")}
_SUE_DAYS: Final = always(15)  # L23 34, L17 19, APL 45


def _reply_days(m: Matter) -> int:
    """L23 54(1): five working days under the simplified procedure; else ten."""
    return 5 if m.fact("reply_procedure") == "simplified" else 10


def _hearing_on(m: Matter) -> str:
    return chinese_date(m.data("hearing_on"))


def _panel(m: Matter) -> str:
    seats = (
        ("主持人", [m.data("chair")]),
        ("听证员", m.data("officers") or ()),
        ("记录员", [m.data("clerk")]),
    )
    return "；".join(
        f"{seat}：{joined(who)}" for seat, ids in seats if (who := [m.setting.name(i) for i in ids if i])
    )


def _suspension(m: Matter) -> int | None:
    return suspension_item(m.view.version, m.data("ground"))


def _termination(m: Matter) -> int | None:
    """The item of the ground; a withdrawal is the first, a settlement under Reg 42(1)(4) has its own."""
    if m.event.action == "withdraw":
        return 4 if m.view.version == "2017" and m.data("settled") else 1
    return termination_item(m.view.version, m.data("ground"))


def _withdrawn(m: Matter) -> str:
    if m.event.action != "withdraw":
        return m.data("reason") or ""
    because = f"，理由是：{m.data('reason')}" if m.data("reason") else ""
    return f"申请人于{chinese_date(m.day)}向本机关申请撤回行政复议申请{because}"


# What ended a suspension, by the word of its ground; the drafter may say it more exactly.
_RESUMED: Final = {
    "death": "申请人的近亲属已经确定参加行政复议",
    "incapacity": "申请人的法定代理人已经确定参加行政复议",
    "missing": "申请人下落不明的情形已经消除",
    "dissolution": "申请人权利义务的承受人已经确定",
    "force_majeure": "不能参加行政复议的正当理由已经消除",
    "mediation": "当事人的调解、和解已经结束",
    "interpretation": "有权机关已经就法律适用问题作出解释或者确认",
    "other_case": "本案审理所依据的其他案件已经审结",
    "normative": "有关规范性文件的附带审查处理已经完成",
    "other": "需要中止审理的其他情形已经消除",
}


def _resumed(m: Matter) -> str:
    if m.data("reason"):
        return str(m.data("reason"))
    if m.event.action == "superior_order":
        return "上级行政机关已责令恢复审理"
    item = suspension_item(m.view.version, m.last("suspend").get("ground"))
    words = (word for word in _RESUMED if suspension_item(m.view.version, word) == item)
    return _RESUMED[next(words, "other")]


def _due_before(m: Matter) -> Any:
    return day_of(m.before.due("review_decision"))


def _deemed(m: Matter) -> bool:
    return m.view.effect("deem_accepted") is not None


def _remake_days(m: Matter) -> int | None:
    return m.data("remake_days") if m.data("remake") else None


def _joined_party(m: Matter) -> Any:
    if m.data("party") and not m.event.party:
        return [{"name": m.setting.name(m.data("party"))}]
    return c.concerned("third_party")(m)


_OF: Final = {
    "decision": "《行政复议决定书》",
    "mediation": "《行政复议调解书》",
    "opinion": "《行政复议意见书》",
}

ABOUT: Final[dict[str, Derivation]] = {
    "receipt": Derivation({"materials": c.materials, "window": c.window, "competent_organ": c.transferred_to}),
    "oral_record": Derivation(
        {
            "requests": c.requests,
            "facts": lambda m: c.intake(m).get("facts_reasons"),
            "time": lambda m: chinese_date(m.day),
            "place": c.window,
            "applicant_details": c.details,
        },
        ("time", "place", "requests", "facts", "recorder", "applicant_details"),
    ),
    "supplement_notice": Derivation({"items": data("items"), "due": data("due_on")}, ("items",)),
    "acceptance_notice": Derivation({"due": due("review_decision"), "deemed": _deemed}),
    "refusal_decision": Derivation(
        {
            "ground": data("condition"), "competent_organ": named("competent_organ"),
            "precedence": fact("prior_required"), "court": c.court_against_reviewer, "sue_days": _SUE_DAYS,
        },
        ("reason", "court"),
    ),
    "reply_notice": Derivation({"respondent": c.concerned("respondent"), "reply_days": _reply_days}),
    "third_party_notice": Derivation({"third_party": _joined_party}, ("opinion_days",)),
    "hearing_notice": Derivation(
        {"hearing_on": _hearing_on, "place": data("place"), "matters": data("matters"), "panel": _panel},
        ("hearing_on", "place", "matters"),
    ),
    "suspension_notice": Derivation(
        {"ground": _suspension, "suspended_on": data_day("suspended_on")}, ("reason",)
    ),
    "resumption_notice": Derivation(
        {
            "suspended_on": last_day("suspend", "suspended_on"), "resumed_on": data_day("resumed_on"), "reason": _resumed,
            "due": due("review_decision"),
        },
        ("reason",),
    ),
    "stay_notice": Derivation(
        {"ground": data("ground"), "reason": lambda m: m.data("reason") or c.intake(m).get("stay_reason"), "stay_from": lambda m: m.day},
        ("reason",),
    ),
    "extension_notice": Derivation(
        {"due": _due_before, "new_due": due("review_decision"), "days": data("days")}, ("reason",)
    ),
    "procedure_notice": Derivation(
        {"converted_on": data_day("on"), "new_due": due("review_decision")}, ("reason",)
    ),
    "issuer_notice": Derivation(
        {
            "issuer": lambda m: m.setting.name(m.event.party), "document": c.attached_document,
            "suspended_on": last_day("suspend", "suspended_on"), "reply_days": always(10),
        },
        ("issuer", "clauses", "document"),
    ),
    "transfer_letter": Derivation(
        {"to_organ": named("to_organ"), "document": c.attached_document, "by": c.asked_by},
        ("to_organ", "clauses", "document"),
    ),
    "termination_decision": Derivation({**_THIRD, "ground": _termination, "reason": _withdrawn}, ("reason",)),
    "mediation_document": Derivation(
        {**_THIRD, "requests": c.requests}, ("requests", "facts", "reasons", "result")
    ),
    "rejection_decision": Derivation(
        {**_THIRD, "court": c.court_against_reviewer, "sue_days": _SUE_DAYS},
        ("reason", "court"),
    ),
    "decision": Derivation(
        {
            **_THIRD, "requests": c.requests, "course": c.course, "decision_types": c.decision_kinds,
            "remake_days": _remake_days, "court": c.court_after_decision, "sue_days": _SUE_DAYS,
        },
        ("requests", "course", "positions", "facts", "evidence", "reasons", "attached_finding", "decision",
         "article_paragraph", "article_item", "court"),
    ),
    "opinion": Derivation(
        {"to": named("to"), "finding": data("issue"), "feedback_days": always(60)}, ("finding", "advice")
    ),
    "suggestion": Derivation(
        {"to": named("to"), "case_no": lambda m: m.setting.numbers.get("suggestion")},
        ("period_from", "period_to", "summary", "statistics", "problems", "suggestions"),
    ),
    "performance_order": Derivation(
        {
            "of": chosen("of", _OF), "decided_on": fact("concluded_on"), "served_on": c.served_on_respondent,
            "due": data("due_on"),
        },
        ("reason", "duties", "served_on"),
    ),
    "service_proof": SERVICE,
}  # fmt: skip

# Acts of the line that record how a document was served; other documents are served by the kernel's own act.
SERVED_BY: Final = {
    "decision": "serve_decision",
    "rejection_decision": "serve_decision",
    "refusal_decision": "serve_refusal",
    "supplement_notice": "serve_supplement",
}
_DECISION: Final = ("announce_service", {"document": "decision"})
ANNOUNCED_BY: Final = {
    "decision": _DECISION,
    "rejection_decision": _DECISION,
    "refusal_decision": ("announce_service", {"document": "refusal"}),
}
# L23 22, 30; Reg 19, 21: what an application should bring.
MATERIALS: Final = {
    "application": "行政复议申请书",
    "identity": "申请人身份证明材料",
    "act": "被申请行政复议的行政行为材料",
    "authority": "授权委托书及代理人身份证明（有代理人的）",
    "evidence": "证据材料",
}

PAPERS = LinePapers(RECONSIDERATION, COMMON, ABOUT, SERVED_BY, MATERIALS, ANNOUNCED_BY)
