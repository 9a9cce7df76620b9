"""Deadlines beside the main stage: suggestions, mediation, payment of compensation (domain §8)."""

from datetime import date

from yifa.language.clocks import Clock, Condition, Extension, Nature, met_on, on, starts_on
from yifa.language.values import ByDate, Field, First, Fixed, Parameter, Sized
from yifa.law.citation import both
from yifa.lines.litigation.guards_after import replied_kind
from yifa.lines.litigation.law import APL, INT, L1, L2, L3, L8, MEDIATION_RULES, PIL, POLICY, SCL, SUG, local

SUG_FROM = date(2023, 11, 16)


def replies(kind: str) -> Condition:
    """A reply to a suggestion of this kind."""
    return lambda view, event: replied_kind(view, event) == kind


def _suggestion(code: str, title: str, kind: str, length: object, cite: object, on_expiry: str) -> Clock:
    return Clock(
        code=code,
        title=title,
        nature=Nature.OWN_DUTY,
        starts=(starts_on("receive_suggestion", "received_on", kind=kind, what="收到建议"),),
        length=length,
        cite=cite,
        stops=(met_on("reply_suggestion", "replied_on", timely_by="posted_on", where=replies(kind)),),
        many=True,
        survives=True,
        readings=(L1, L2, L3, L8),
        on_expiry=on_expiry,
    )


STATED = Fixed(Field("stated_due"), "建议书载明的期限")

NORMATIVE = _suggestion(
    "suggestion_normative",
    "规范性文件司法建议回复",
    "normative",
    INT.days(60),
    INT.art(149, 4),
    "法院层报上一级法院备案",
)
# Before the rules of 2023-11-16 only the date in the letter counts.
GOVERNANCE = _suggestion(
    "suggestion_governance", "综合治理类司法建议回复", "governance",
    First((STATED, ByDate(((date(2012, 1, 1), None), (SUG_FROM, SUG.months(2)))))), SUG.art(8), "督促回复",
)  # fmt: skip
OTHER = _suggestion(
    "suggestion_other", "其他司法建议回复", "other",
    First((STATED, Sized(Parameter("litigation_suggestion_days"), local(60, "day")))),
    both(APL.art(66), APL.art(96, None, 4), POLICY), "督促回复",
)  # fmt: skip
PROCURATORIAL = Clock(
    code="procuratorial_suggestion",
    title="检察建议回复（公益诉讼）",
    nature=Nature.OWN_DUTY,
    starts=(
        starts_on("receive_suggestion", "received_on", kind="procuratorial", length=PIL.days(15), what="收到检察建议（紧急）",
                  where=lambda view, event: bool(event.data.get("urgent"))),
        starts_on("receive_suggestion", "received_on", kind="procuratorial", length=PIL.months(2), what="收到检察建议",
                  where=lambda view, event: not event.data.get("urgent")),
    ),
    length=PIL.months(2),
    cite=PIL.art(21),
    stops=(met_on("reply_suggestion", "replied_on", timely_by="posted_on", where=replies("procuratorial")),),
    many=True,
    survives=True,
    readings=(L1, L2, L3, L8),
    on_expiry="检察机关可以提起公益诉讼",
)  # fmt: skip

MEDIATION_DUE = Clock(
    code="mediation_due",
    title="调解期限",
    nature=Nature.OWN_DUTY,
    starts=(starts_on("refer_mediation", "referred_on", what="委派、委托调解"),),
    length=First(
        (
            Fixed(Field("due_on"), "委派函载明的期限"),
            Sized(Parameter("litigation_mediation_days"), local(30, "day")),
        )
    ),
    cite=MEDIATION_RULES,
    stops=(met_on("close_mediation"),),
    extensions=(Extension(on("extend_mediation"), to_field="until", once=False),),
    readings=(L2,),
    on_expiry="调解不成，转回法院",
)

PAYMENT_FORWARD = Clock(
    code="payment_forward",
    title="向财政部门提出支付申请",
    nature=Nature.OWN_DUTY,
    starts=(starts_on("claim_payment", "received_on", what="收到支付赔偿金申请"),),
    length=SCL.days(7),
    cite=SCL.art(37, 3),
    stops=(met_on("forward_payment", "done_on"),),
    survives=True,
    readings=(L1,),
    on_expiry="督促办理",
)

PAYMENT_DUE = Clock(
    code="payment_due",
    title="支付赔偿金",
    nature=Nature.OTHERS_DUTY,
    starts=(starts_on("forward_payment", "received_on", what="财政部门收到支付申请"),),
    length=SCL.days(15),
    cite=SCL.art(37, 3),
    stops=(met_on("record_payment", "done_on"),),
    survives=True,
    readings=(L1,),
    on_expiry="督促支付",
)

BESIDE_CLOCKS = (NORMATIVE, GOVERNANCE, OTHER, PROCURATORIAL, MEDIATION_DUE, PAYMENT_FORWARD, PAYMENT_DUE)
