"""Acts of the review (domain §7)."""

from yifa.language.actions import Action
from yifa.language.acts import Event
from yifa.language.values import EFFECTIVE_ON, Field, IfFact, by_version
from yifa.language.view import View
from yifa.law.citation import both
from yifa.lines.reconsideration import guards as intake
from yifa.lines.reconsideration import guards_review as g
from yifa.lines.reconsideration import inputs_review as i
from yifa.lines.reconsideration.actions_intake import DISPUTE, WITHDRAWN_DISPUTE
from yifa.lines.reconsideration.grounds import termination_item
from yifa.lines.reconsideration.inputs import Withdrawal
from yifa.lines.reconsideration.law import APL, L17, L23, REG, V23
from yifa.lines.reconsideration.needs import COMMITTEE_MEMBERS, HANDLER_CONFLICTS, HANDLER_UNQUALIFIED
from yifa.lines.reconsideration.stages import BODY_HEAD, HANDLER, IN_REVIEW, OPEN, ORGAN_HEAD, SECTION_HEAD
from yifa.lines.reconsideration.tables import CORRECTING, principal

REVIEWING = ("reviewing",)


def _shortened(view: View, event: Event) -> str | None:
    """The reply period told to a respondent is not shortened afterwards by an agreement."""
    return None if view.happened("send_copy") else "simplified"


def _principal(view: View, event: Event) -> str:
    return principal(g.decision_kinds(event.data))


def _corrects(view: View, event: Event) -> bool:
    return any(code in CORRECTING for code in g.decision_kinds(event.data))


def _settled(view: View, event: Event) -> bool:
    """Ended by a settlement: said so, or by the ground that Reg 42(1)(4) gives it."""
    by_ground = view.version == "2017" and termination_item("2017", event.data.get("ground")) == 4
    return bool(event.data.get("settled")) or by_ground


def _third_party(view: View, event: Event) -> dict[str, str]:
    name = event.party or event.data.get("party")
    return {name: "third_party"} if name else {}


def _committee_needed(view: View, event: Event) -> bool | None:
    """A hearing that the law makes mandatory is a major, difficult or complex case (L23 52(2)(1))."""
    return True if event.data.get("mandatory") and view.version == "2023" else None


REVIEW_ACTIONS = (
    Action(
        code="assign_handler", title="指定办案人员", by=SECTION_HEAD, from_=OPEN, inputs=i.Handlers,
        sets={"handlers": lambda view, event: tuple(event.data.get("handlers", ()))},
        needs=(HANDLER_CONFLICTS, HANDLER_UNQUALIFIED),
        requires=(g.two_handlers, g.qualified, g.no_conflict), cite=both(L23.art(36, 1), L23.art(6, 2), REG.art(32)),
    ),
    Action(
        code="join_third_party", title="追加、准许第三人", by=HANDLER, from_=REVIEWING, inputs=i.Joinder,
        parties=_third_party, requires=(g.party_named,), issues=("third_party_notice",),
        cite=both(L23.art(16, 1), L17.art(10, 3), REG.art(9)),
    ),
    Action(
        code="grant_file_access", title="查阅复制材料", by=HANDLER,
        from_=("reviewing", "suspended", "decided", "served", "performance_ordered"), inputs=i.Access,
        requires=(g.file_not_secret,), cite=both(L23.art(47), L17.art(23, 2)),
    ),
    Action(
        code="supplement_evidence", title="被申请人补充证据", by=HANDLER, from_=REVIEWING, inputs=i.MoreEvidence,
        requires=(g.evidence_may_be_added,), cite=both(L23.art(46, 2), APL.art(36, 2)),
        note="旧法案件没有自己的条文，参照行政诉讼法",
    ),
    Action(
        code="send_copy", title="发送申请书副本", by=HANDLER, from_=REVIEWING, inputs=i.CopySent, per="respondents",
        requires=(g.copy_after_acceptance,), issues=("reply_notice",), cite=both(L23.art(48), L17.art(23, 1)),
    ),
    Action(
        code="receive_reply", title="被申请人答复", by=HANDLER, from_=IN_REVIEW, inputs=i.Reply, per="respondents",
        warns=(g.self_collected_evidence, g.late_reply), cite=both(L23.art(48), L17.art(23, 1)),
    ),
    Action(
        code="convert_to_ordinary", title="简易转普通", by=HANDLER, decided_by=BODY_HEAD, from_=REVIEWING,
        inputs=i.Conversion, sets={"procedure": "ordinary", "reply_procedure": "ordinary"},
        requires=(g.is_simplified,), warns=(g.conversion_overdue,), versions=V23,
        issues=("procedure_notice",), cite=L23.art(55),
    ),
    Action(
        code="agree_simplified", title="同意适用简易程序", by=HANDLER, from_=REVIEWING, inputs=i.SimplifiedConsent,
        sets={"procedure": "simplified", "reply_procedure": _shortened},
        requires=(g.everyone_consents, g.still_short_enough), versions=V23, cite=L23.art(53, 2),
    ),
    Action(
        code="hear_opinions", title="听取意见", by=HANDLER, from_=REVIEWING, inputs=i.Views,
        requires=(g.views_recorded,), versions=V23, cite=L23.art(49),
    ),
    Action(
        code="notify_hearing", title="听证通知", by=HANDLER, from_=REVIEWING, inputs=i.HearingNotice,
        sets={"committee_required": _committee_needed}, requires=(g.panel_complete, g.hearing_noticed_in_time),
        issues=("hearing_notice",), discretion="重大、疑难、复杂的应当听证，其他的可以听证",
        cite=both(L23.art(50), L23.art(51, 1), REG.art(33)),
    ),
    Action(
        code="hold_hearing", title="举行听证", by=HANDLER, from_=REVIEWING, inputs=i.Hearing,
        requires=(g.hearing_was_noticed,), warns=(g.respondent_head,), cite=both(L23.art(50, 3), L23.art(51), REG.art(33)),
    ),
    Action(
        code="consult_committee", title="提请委员会咨询", by=HANDLER, from_=REVIEWING, inputs=i.Committee,
        needs=(COMMITTEE_MEMBERS,), requires=(g.members_serve,), versions=V23, cite=L23.art(52, 2),
    ),
    Action(
        code="stay_execution", title="停止执行", by=HANDLER, decided_by=BODY_HEAD, from_=IN_REVIEW, inputs=i.Stay,
        requires=(g.stay_reasoned,), issues=("stay_notice",), cite=both(L23.art(42), L17.art(21)),
    ),
    Action(code="start_appraisal", title="鉴定开始", by=HANDLER, from_=REVIEWING, inputs=i.Span,
           requires=(g.begins_once("start_appraisal", "end_appraisal"),), cite=REG.art(37)),
    Action(code="end_appraisal", title="鉴定结束", by=HANDLER, from_=IN_REVIEW, inputs=i.Span,
           requires=(g.ends_begun("start_appraisal", "end_appraisal"),), cite=REG.art(37)),
    Action(code="start_site_inspection", title="现场勘验开始", by=HANDLER, from_=REVIEWING, inputs=i.Span,
           requires=(g.begins_once("start_site_inspection", "end_site_inspection"), g.two_on_the_spot),
           cite=REG.art(34, 3)),
    Action(code="end_site_inspection", title="现场勘验结束", by=HANDLER, from_=IN_REVIEW, inputs=i.Span,
           requires=(g.ends_begun("start_site_inspection", "end_site_inspection"),), cite=REG.art(34, 3)),
    Action(
        code="suspend", title="中止", by=HANDLER, from_=REVIEWING, to="suspended", inputs=i.Suspension,
        requires=(g.suspension_ground, g.suspended_since_acceptance, intake.not_ahead("suspended_on")), issues=("suspension_notice",), cite=both(L23.art(39, 1), REG.art(41, 1)),
    ),
    Action(
        code="resume", title="恢复审理", by=HANDLER, from_=("suspended",), to="reviewing", inputs=i.Resumption,
        requires=(g.resumed_in_order, intake.not_ahead("resumed_on")), issues=("resumption_notice",), cite=both(L23.art(39, 2), REG.art(41, 2)),
    ),
    Action(
        code="request_normative_review", title="附带审查处理", by=HANDLER, from_=IN_REVIEW,
        inputs=i.NormativeRequest, requires=(g.attached_review_suspended,),
        cite=both(L23.art(56), L23.art(57), L17.art(26), L17.art(27)),
    ),
    Action(code="notify_issuer", title="通知制定机关", by=HANDLER, from_=("suspended",), inputs=i.IssuerNotice,
           versions=V23, issues=("issuer_notice",), cite=L23.art(58, 1)),
    Action(code="receive_issuer_reply", title="制定机关答复", by=HANDLER, from_=IN_REVIEW, inputs=i.Received,
           versions=V23, cite=L23.art(58, 1)),
    Action(code="handle_normative", title="处理规范性文件", by=HANDLER, decided_by=ORGAN_HEAD, from_=IN_REVIEW,
           inputs=i.NormativeResult, cite=both(L23.art(56), L23.art(59), L17.art(26))),
    Action(
        code="transfer_normative", title="转送审查", by=HANDLER, from_=("suspended",), inputs=i.NormativeTransfer,
        issues=("transfer_letter",), cite=both(L23.art(56), L23.art(57), L17.art(26), L17.art(27)),
    ),
    Action(code="receive_transferee_reply", title="受转送机关回复", by=HANDLER, from_=IN_REVIEW, inputs=i.Received,
           cite=both(L23.art(60), L17.art(26))),
    Action(
        code="extend_review", title="延期", by=HANDLER, decided_by=by_version(v2023=BODY_HEAD, v2017=ORGAN_HEAD),
        from_=REVIEWING, inputs=i.ReviewExtension, requires=(g.extension_allowed,), issues=("extension_notice",),
        discretion="情况是否复杂、延长多久，由负责人判断", cite=both(L23.art(62, 1), L17.art(31, 1)),
    ),
    Action(
        code="mediate", title="调解", by=HANDLER, from_=REVIEWING, inputs=i.Mediation, requires=(g.mediation_open,),
        cite=both(L23.art(5), REG.art(50, 1)),
    ),
    Action(
        code="mediation_agreement", title="制作调解书", by=HANDLER, decided_by=ORGAN_HEAD, from_=REVIEWING,
        to="served", inputs=i.MediationAgreement,
        sets={"concluded_on": Field("signed_on", EFFECTIVE_ON), "outcome": "mediated"},
        requires=(g.everyone_signed, g.mediated_before, intake.not_ahead("signed_on")), issues=("mediation_document",), cite=both(L23.art(73, 1), REG.art(50, 2)),
    ),
    Action(
        code="withdraw", title="撤回申请", by=frozenset({"applicant", "handler"}),
        from_=("received", "supplementing", "transferring", "reviewing", "suspended"),
        to=IfFact("accepted_on", then="terminated", otherwise="withdrawn"),
        inputs=Withdrawal, requires=(intake.withdrawal_free,),
        sets={
            "concluded_on": IfFact("accepted_on", then=EFFECTIVE_ON),
            "outcome": "withdrawn", "settled": Field("settled"), "act_changed": Field("act_changed"),
        },
        claims=(WITHDRAWN_DISPUTE,), releases=(DISPUTE,),
        issues=IfFact("accepted_on", then=("termination_decision",)), cite=both(L23.art(41, None, 1), L23.art(74, 2), L17.art(25)),
    ),
    Action(
        code="terminate", title="终止", by=HANDLER, from_=IN_REVIEW, to="terminated", inputs=i.Termination,
        sets={"concluded_on": EFFECTIVE_ON, "outcome": "terminated", "settled": _settled},
        requires=(g.termination_ripe,), issues=("termination_decision",), cite=both(L23.art(41), REG.art(42)),
    ),
    Action(
        code="reject_application", title="驳回复议申请", by=HANDLER, decided_by=ORGAN_HEAD, from_=REVIEWING,
        to="decided", inputs=i.Rejection,
        sets={
            "decided_on": Field("decided_on", EFFECTIVE_ON), "concluded_on": Field("decided_on", EFFECTIVE_ON),
            "outcome": "reject_application", "corrects": False,
        },
        # The applicant may go where the application belongs.
        requires=(intake.not_ahead("decided_on"),), releases=(DISPUTE,), issues=("rejection_decision",), numbers=("decision",), cite=both(L23.art(33), REG.art(48, 1, 2)),
    ),
    Action(
        code="decide", title="作出复议决定", by=HANDLER, decided_by=ORGAN_HEAD, from_=REVIEWING, to="decided",
        inputs=i.DecisionInput,
        sets={
            "decided_on": Field("decided_on", EFFECTIVE_ON), "concluded_on": Field("decided_on", EFFECTIVE_ON),
            "outcome": _principal, "corrects": _corrects,
        },
        requires=(
            g.views_heard, g.hearing_held, g.committee_consulted, g.decision_kinds_open, g.no_worse_change,
            g.no_evidence_holds, g.not_decided_before_acceptance, intake.not_ahead("decided_on"),
        ),
        warns=(g.decided_in_time, g.views_of_everybody), issues=("decision",), numbers=("decision",),
        cite=both(L23.art(61, 1), L17.art(28, 1)),
    ),
)  # fmt: skip
