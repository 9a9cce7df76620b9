"""Acts of legal aid from agreement to archive, duty lawyers' help, consultation, objection (domain §7)."""

from yifa.language.actions import Action
from yifa.language.values import EFFECTIVE_ON, By, Field
from yifa.law.citation import Practice, both
from yifa.lines.legal_aid import guards as g
from yifa.lines.legal_aid import inputs as i
from yifa.lines.legal_aid.law import CRIM13, CRPL, ICPL, LAL, LAR, PR, SUBSIDY_RULES
from yifa.lines.legal_aid.stages import AIDED, ASSIGNER, BUREAU, FINANCE, HEAD, IN_HAND, PERSON, REVIEWER

STAFF = frozenset({"aid_person", "firm", "reviewer", "window_clerk"})
CASE_OPEN = (*AIDED, "ended", "file_in", "file_review")

AFTER_ACTIONS = (
    Action(code="sign_agreement", title="签订委托协议", by=STAFF, from_=("assigned",), to="agreed", inputs=i.Agreement,
           cite=PR.art(27)),
    Action(code="begin_handling", title="开始承办", by=STAFF, from_=("assigned", "agreed"), to="handling", inputs=i.Ground,
           cite=LAL.art(46, 1)),
    Action(code="file_court_papers", title="向法院提交手续", by=STAFF, from_=IN_HAND, inputs=i.Filed,
           cite=both(ICPL.art(52, 2), ICPL.art(66))),
    Action(code="first_meeting", title="首次会见、约见", by=PERSON, from_=IN_HAND, to="handling", inputs=i.Meeting,
           cite=both(CRIM13.art(14), Practice("本地服务标准：约见受援人"))),
    Action(code="report_progress", title="通报", by=PERSON, from_=IN_HAND, inputs=i.Ground, cite=LAL.art(46, 2)),
    Action(code="report_ground", title="报告终止或冲突情形", by=PERSON, from_=IN_HAND, inputs=i.Ground, cite=LAL.art(48, 2)),
    Action(code="change_request", title="申请更换", by=frozenset({"recipient", "reviewer"}), from_=IN_HAND,
           inputs=i.ChangeRequest, warns=(g.evidence_given,), cite=LAL.art(55)),
    Action(code="change", title="更换决定", by=ASSIGNER, decided_by=HEAD, from_=IN_HAND,
           to=By("field:granted", {False: None}, otherwise="assigned"), inputs=i.Change, requires=(g.change_grounded,),
           issues=("GHJD",), cite=LAL.art(55)),
    Action(code="refuse_lawyer", title="拒绝辩护", by=frozenset({"organ", "aid_person", "reviewer"}), from_=IN_HAND,
           to=By("fact:kind", {"crim_defence_applied": "terminated"}), inputs=i.LawyerRefused, requires=(g.refusal_once,),
           cite=both(CRIM13.art(15), ICPL.art(50))),
    Action(code="terminate", title="终止决定", by=REVIEWER, decided_by=HEAD, from_=(*AIDED, "received", "reviewing"),
           to="terminated", inputs=i.Termination, sets={"concluded_on": EFFECTIVE_ON},
           requires=(g.termination_grounded,), issues=("ZZJD",), cite=LAL.art(48, 1)),
    Action(code="object", title="提出异议", by=frozenset({"applicant", "recipient", "bureau"}), from_=(None, "objection_decided"),
           to="objection", track="objection", inputs=i.Objection, requires=(g.objection_open,), cite=LAL.art(49, 1)),
    Action(code="objection_decide", title="异议审查决定", by=BUREAU, from_=("objection",), to="objection_decided",
           track="objection", inputs=i.ObjectionDecision, sets={"objection_result": Field("result")}, issues=("YYJD",),
           cite=LAL.art(49, 2)),
    Action(code="resume_after_objection", title="依责令改正", by=REVIEWER, decided_by=HEAD, from_=("refused", "terminated"),
           to=By("fact:objection_result", {"correct": "reviewing"}), inputs=i.Ground, reopens=True, cite=LAL.art(49, 2)),
    Action(code="end", title="办结", by=PERSON, from_=IN_HAND, to="ended", inputs=i.Ending,
           sets={"ended_on": Field("ended_on", EFFECTIVE_ON)}, cite=LAL.art(50)),
    Action(code="file_in", title="交卷", by=STAFF, from_=("ended", "file_in"), to="file_in", inputs=i.FileIn,
           cite=LAL.art(50)),
    Action(code="file_accept", title="卷宗审查合格", by=REVIEWER, from_=("file_in",), to="file_review", inputs=i.FileIn,
           requires=(g.file_complete,), cite=LAL.art(50)),
    Action(code="file_return_back", title="退回补正卷宗", by=REVIEWER, from_=("file_in",), to="ended", inputs=i.FileIn,
           cite=LAL.art(50)),
    Action(code="pay", title="支付补贴", by=FINANCE, from_=("file_review",), to="paid", inputs=i.Payment,
           sets={"concluded_on": Field("paid_on", EFFECTIVE_ON)}, requires=(g.payment_due,), issues=("BZFD",),
           cite=both(LAL.art(52), SUBSIDY_RULES)),
    Action(code="assess", title="质量评估", by=frozenset({"assessor"}), from_=("paid", "archived"), inputs=i.Assessment,
           requires=(g.assessors_differ,), cite=LAL.art(57)),
    Action(code="archive", title="归档", by=REVIEWER, from_=("paid", "file_review"), to="archived", inputs=i.Ground,
           cite=LAL.art(50)),
    Action(code="draw_commitment", title="抽中承诺核查", by=REVIEWER, from_=(*CASE_OPEN, "paid", "archived"),
           inputs=i.CommitmentDraw, cite=LAL.art(41, 2)),
    Action(code="commit_check", title="承诺核查", by=REVIEWER, from_=(*CASE_OPEN, "paid", "archived"),
           inputs=i.CommitmentCheck, sets={"commitment_result": Field("result")}, cite=LAL.art(41, 2)),
    Action(code="recover", title="追缴", by=BUREAU, from_=("terminated",), inputs=i.Recovery,
           requires=(g.only_after_fraud, g.fine_capped), cite=LAL.art(64)),
    Action(code="duty_request", title="请求法律帮助", by=frozenset({"organ", "window_clerk", "duty_lawyer"}), from_=(None,),
           to="requested", inputs=i.DutyRequest,
           sets={"kind": "duty_help", "notified_on": Field("notice_received_on", EFFECTIVE_ON), "phase": Field("stage")},
           requires=(g.no_defender,), numbers=("case",), cite=both(LAL.art(30), LAL.art(37))),
    Action(code="duty_arrange", title="确定值班律师", by=ASSIGNER | frozenset({"window_clerk"}), from_=("requested",),
           to="arranged", inputs=i.DutyArrangement, cite=LAL.art(37)),
    Action(code="duty_help", title="提供法律帮助", by=frozenset({"duty_lawyer"}), from_=("requested", "arranged", None),
           to="helped", inputs=i.DutyHelp, sets={"kind": "duty_help", "helped_on": EFFECTIVE_ON,
                                                 "substantive": Field("substantive")},
           issues=("FLBZ",), cite=both(LAL.art(30), CRPL.art(174))),
    Action(code="duty_record", title="记录归档", by=STAFF | frozenset({"duty_lawyer"}), from_=("helped",), to="recorded",
           inputs=i.Ground, cite=LAL.art(37)),
    Action(code="consult", title="咨询、代拟文书", by=STAFF | frozenset({"duty_lawyer"}), from_=(None,), to="recorded",
           inputs=i.Consultation, sets={"kind": "consult", "consulted_on": EFFECTIVE_ON, "persons": Field("persons")},
           requires=(g.told_right,), cite=both(LAL.art(22, None, 1), LAR.art(25))),
)  # fmt: skip
