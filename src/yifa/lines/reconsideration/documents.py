"""Documents 文书 of reconsideration (domain §9): when, to whom, and what each must contain."""

from yifa.language.records import Document
from yifa.law.citation import Practice, Source, both
from yifa.lines.reconsideration.law import CPL, L17, L23, REG, V23

_CASE = {
    "case_no": "案号",
    "applicant": "申请人",
    "respondent": "被申请人",
    "organ": "复议机关",
    "date": "日期",
}
_RIGHTS = {"court": "有管辖权的人民法院", "sue_days": "起诉期限"}


def _doc(code: str, title: str, when: str, to: tuple[str, ...], contents: dict[str, str], cite: Source,
         series: str | None = None, versions: frozenset[str] = frozenset()) -> Document:  # fmt: skip
    return Document(code, title, when, to, {**_CASE, **contents}, cite, series, versions)


APPLICANT, PARTIES, RESPONDENT = ("applicant",), ("applicant", "respondent", "third_party"), ("respondent",)

DOCUMENTS = (
    _doc("receipt", "收件回执", "收件", APPLICANT, {"materials": "材料清单", "window": "收件窗口"}, L23.art(22)),
    _doc("oral_record", "口头申请笔录", "口头申请", APPLICANT,
         {"requests": "复议请求", "facts": "主要事实、理由", "time": "时间"}, both(L23.art(22, 3), REG.art(20))),
    _doc("supplement_notice", "补正行政复议申请通知书", "通知补正", APPLICANT,
         {"items": "需补正的全部事项", "due": "补正期限", "consequence": "逾期后果"}, both(L23.art(31, 1), REG.art(29))),
    _doc("acceptance_notice", "行政复议受理通知书", "受理", ("applicant", "third_party"),
         {"accepted_on": "受理日期", "procedure": "审理程序", "handler": "办案人员", "rights": "权利义务"},
         L23.art(30, 1)),
    _doc("refusal_decision", "不予受理决定书", "不予受理", APPLICANT,
         {"reason": "理由", "competent_organ": "有管辖权的机关", **_RIGHTS}, both(L23.art(30, 2), L17.art(17, 1)), "decision"),
    _doc("reply_notice", "提出答复通知书", "发送副本", RESPONDENT,
         {"reply_days": "答复期限", "consequence": "逾期后果"}, both(L23.art(48), L23.art(70), L17.art(23, 1))),
    _doc("third_party_notice", "第三人参加行政复议通知书", "追加第三人", ("third_party",), {"third_party": "第三人"},
         both(L23.art(16, 1), REG.art(9))),
    _doc("hearing_notice", "听证通知书", "听证通知", PARTIES,
         {"hearing_on": "听证时间", "place": "地点", "matters": "拟听证事项"}, L23.art(51, 1)),
    _doc("suspension_notice", "中止审理通知书", "中止", PARTIES, {"ground": "中止事由", "suspended_on": "中止日期"},
         both(L23.art(39, 3), REG.art(41, 3))),
    _doc("resumption_notice", "恢复审理通知书", "恢复", PARTIES, {"ground": "恢复事由", "resumed_on": "恢复日期"},
         both(L23.art(39, 3), REG.art(41, 3))),
    _doc("stay_notice", "停止执行决定书", "停止执行", PARTIES, {"reason": "理由"}, both(L23.art(42), L17.art(21))),
    _doc("extension_notice", "延期审理通知书", "延期", PARTIES,
         {"reason": "延期理由", "days": "延长日数", "new_due": "延长后的期限", "approver": "批准人"},
         both(L23.art(62, 1), L17.art(31, 1))),
    _doc("procedure_notice", "转普通程序通知书", "转普通程序", PARTIES, {"reason": "理由", "new_due": "审理期限"},
         L23.art(55), None, V23),
    _doc("issuer_notice", "规范性文件审查答复通知书", "附带审查", ("issuer",),
         {"document": "文件名称", "clauses": "所涉条款", "reply_days": "答复期限"}, L23.art(58, 1), None, V23),
    _doc("transfer_letter", "规范性文件转送函", "转送审查", ("issuer",), {"document": "文件名称", "to_organ": "有权处理机关"},
         both(L23.art(56), L17.art(26))),
    _doc("termination_decision", "行政复议终止决定书", "终止", PARTIES, {"ground": "终止事由"},
         both(L23.art(41), REG.art(42)), "decision"),
    _doc("mediation_document", "行政复议调解书", "调解成功", PARTIES,
         {"requests": "复议请求", "facts": "事实", "reasons": "理由", "result": "调解结果", "signatures": "签字"},
         both(L23.art(73, 1), REG.art(50, 2)), "decision"),
    _doc("rejection_decision", "驳回行政复议申请决定书", "驳回申请", PARTIES, {"reason": "理由", **_RIGHTS},
         both(L23.art(33), REG.art(48, 1, 2)), "decision"),
    _doc("decision", "行政复议决定书", "作出决定", PARTIES,
         {"requests": "复议请求", "positions": "各方主张", "facts": "查明的事实", "reasons": "理由",
          "attached_finding": "附带审查结论", "decision": "决定内容", **_RIGHTS},
         both(L23.art(75, 1), L17.art(31, 2)), "decision"),
    _doc("opinion", "行政复议意见书", "制发意见书", ("organ",), {"finding": "发现的问题", "feedback_days": "反馈期限"},
         both(L23.art(76), REG.art(57, 1)), "opinion"),
    _doc("suggestion", "行政复议建议书（法治体检报告）", "制发建议书", ("organ",),
         {"statistics": "统计情况", "problems": "典型问题", "suggestions": "建议"}, REG.art(57, 2), "suggestion"),
    _doc("performance_order", "责令履行通知书", "责令履行", RESPONDENT, {"due": "履行期限", "consequence": "逾期后果"},
         both(L23.art(77, 2), L17.art(32, 2))),
    _doc("service_proof", "送达回证", "送达", PARTIES, {"method": "送达方式", "served_on": "送达日期", "receiver": "签收人"},
         both(CPL.art(87), Practice("每次送达均附送达回证"))),
)  # fmt: skip
