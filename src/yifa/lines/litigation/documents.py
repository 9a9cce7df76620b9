"""Documents 文书 of litigation (domain §9): when, to whom, and what each must contain."""

from yifa.language.records import Document
from yifa.law.citation import Source, both
from yifa.lines.litigation.law import APL, HEAD, INT, MEDIATION_RULES, PIL, SUG, TRACKING

_CASE = {
    "case_no": "应诉案号",
    "court": "法院",
    "court_case_no": "法院案号",
    "organ": "制发机关",
    "date": "日期",
}
_OWN = {name: title for name, title in _CASE.items() if not name.startswith("court")}
COURT, LEAD, SUPERIOR = ("court",), ("lead_organ",), ("superior",)


def _doc(code: str, title: str, when: str, to: tuple[str, ...], contents: dict[str, str], cite: Source,
         base: dict[str, str] = _CASE, series: str | None = None) -> Document:  # fmt: skip
    return Document(code, title, when, to, {**base, **contents}, cite, series)


DOCUMENTS = (
    _doc("assign_letter", "行政应诉案件交办函", "分办", LEAD,
         {"lead_organ": "承办机关", "plaintiff": "原告", "claims": "诉讼请求", "answer_due": "答辩举证期限", "draft_due": "内部期限",
          "contact": "联系人"}, TRACKING),
    _doc("answer", "行政诉讼答辩状", "提交答辩", COURT,
         {"plaintiff": "原告", "defendant": "答辩人（被告）", "facts": "事实", "law": "理由和依据", "request": "答辩请求"}, APL.art(67, 1)),
    _doc("evidence_list", "证据、依据目录", "提交答辩", COURT,
         {"plaintiff": "原告", "defendant": "被告", "evidence": "编号、名称、来源、证明目的、页码"}, both(APL.art(34, 1), APL.art(67, 1))),
    _doc("evidence_extension_request", "延期提供证据申请书", "申请延期举证", COURT,
         {"plaintiff": "原告", "defendant": "被告", "cause": "事由", "expected_on": "预计提供日期", "received_on": "收到起诉状副本日期"},
         both(APL.art(36, 1), INT.art(34))),
    _doc("authority_letter", "授权委托书", "出庭前", COURT,
         {"plaintiff": "原告", "defendant": "委托机关", "agents": "受托人姓名、职务", "powers": "代理权限"}, both(INT.art(31), INT.art(131, 2))),
    _doc("officer_identity", "行政机关负责人身份证明", "确定出庭负责人", COURT,
         {"defendant": "被告", "officer": "姓名", "post": "职务"}, both(HEAD.art(6), INT.art(131, 1))),
    _doc("officer_excuse", "行政机关负责人不能出庭情况说明", "负责人不能出庭", COURT,
         {"defendant": "被告", "hearing_on": "开庭日期", "ground": "事由", "explanation": "具体情况", "proof": "证明材料", "staff": "委托出庭的工作人员"},
         both(INT.art(129, 3), HEAD.art(8), HEAD.art(9))),
    _doc("appeal", "行政上诉状", "提起上诉", ("appeal_court",),
         {"appellant": "上诉人", "appellee": "被上诉人", "judgment_no": "一审裁判文号", "request": "上诉请求", "reasons": "上诉理由"}, APL.art(85)),
    _doc("loss_memo", "败诉案件分析报告", "裁判败诉", SUPERIOR,
         {"plaintiff": "原告", "defendant": "被告", "result": "裁判结果", "cause": "败诉原因", "responsible_organ": "责任机关",
          "improvement": "整改措施"}, TRACKING),
    _doc("suggestion_reply", "司法建议、检察建议复函", "回复建议", ("sender",),
         {"sender": "来函机关", "suggestion_no": "建议书文号", "adopted": "采纳情况", "measures": "措施", "dates": "完成时间"},
         both(INT.art(149, 4), SUG.art(8), PIL.art(21)), _OWN, "suggestion"),
    _doc("mediation_agreement", "行政争议调解协议", "调解成功", ("plaintiff", "defendant"),
         {"plaintiff": "申请人", "defendant": "行政机关", "dispute": "争议事项", "terms": "协议内容", "performance_due": "履行期限",
          "mediators": "调解员"}, MEDIATION_RULES, _OWN),
    _doc("supervision_notice", "应诉工作提醒（督办）单", "提醒、督办", LEAD,
         {"lead_organ": "承办机关", "item": "事项", "due": "期限", "days_late": "逾期日数"}, TRACKING),
)  # fmt: skip
