"""Suits, step by step, in which every document of the line is issued. All people are invented."""

from typing import Any

from tests.documents.stories import Step, Story, step

PLAINTIFF = {"id": "p-lin", "name": "林示例", "address": "广州市示例区样本路21号301房"}
COURT, APPEAL_COURT = "广州铁路运输法院", "广州铁路运输中级法院"
ANSWER = {
    "facts": ["2024年1月8日，答辩人检查时发现原告经营的食品超过保质期"],
    "law": ["被诉处罚决定证据确凿，适用法律正确，符合法定程序"],
}
EVIDENCE = {
    "evidence": [
        ["1", "现场检查笔录", "执法检查", "证明食品超过保质期", "1—3"],
        ["2", "询问笔录", "原告陈述", "证明销售的事实", "4—6"],
    ]
}


def _told(name: str, *steps: Step) -> Story:
    return Story(name, "litigation", "gz-sfj", "apl2017", steps)


def begin(**changes: Any) -> tuple[Step, ...]:
    """From registration to the hearing."""
    data = {
        "court": COURT, "court_case_no": "（2024）粤7101行初123号", "case_kind": "act", "complaint_received_on": "2024-03-04",
        "court_filed_on": "2024-03-01", "plaintiffs": [PLAINTIFF], "defendants": [{"id": "r-bureau", "name": "广州市示例管理局"}],
        "claims": ["revoke"], **changes,
    }  # fmt: skip
    return (
        step("register_case", "2024-03-04", **data),
        step("assign", "2024-03-05", lead_organ="广州市示例管理局", handlers=["甲", "乙"]),
        step("file_answer", "2024-03-18", filed_on="2024-03-18", evidence=["现场检查笔录", "询问笔录"],
             said={"answer": ANSWER, "evidence_list": EVIDENCE}),
        step("set_hearing", "2024-05-06", hearing_at="2024-05-15T09:30", summons_received_on="2024-05-06"),
        step("appoint_agents", "2024-05-07", agents=[{"id": "甲", "kind": "staff"}, {"id": "李样本", "kind": "lawyer"}]),
    )  # fmt: skip


LOST = _told(
    "败诉后上诉，终审改判前负责人出庭",
    *begin(),
    step("nominate_officer", "2024-05-08", officer="赵局长", post="副局长", kind="deputy"),
    step("record_hearing", "2024-05-15", held_on="2024-05-15", attended_officer="赵局长", officer_kind="deputy", staff=["甲"]),
    step("serve_judgment", "2024-08-05", services={"r-bureau": "2024-08-05", "p-lin": "2024-08-05"}, result="revoked"),
    step("decide_appeal", "2024-08-08", appeal=True, reasons="一审判决认定事实不清"),
    step("file_appeal", "2024-08-12", party="r-bureau", filed_on="2024-08-12", court=APPEAL_COURT, court_case_no="（2024）粤71行终45号",
         said={"appeal": {"judgment_no": "（2024）粤7101行初123号行政判决书"}}),
    step("remind", "2024-09-02", item="报送二审出庭负责人名单", days_late=2),
    step("serve_second", "2024-11-01", result="upheld", served_on="2024-11-01"),
    step("record_loss", "2024-11-20", cause="现场检查笔录没有见证人签名", responsible_organ="广州市示例管理局", improvement="组织执法人员培训"),
    step("receive_suggestion", "2024-12-02", kind="normative", number="（2024）粤71司建3号", sender=APPEAL_COURT, received_on="2024-12-02"),
    step("reply_suggestion", "2025-01-06", adopted="part", measures=["修改有关文件第五条"],
         said={"suggestion_reply": {"dates": ["于2025年6月30日前完成修改"]}}),
)  # fmt: skip
EXCUSED = _told(
    "延期举证，负责人不能出庭",
    *begin()[:2],
    step("request_evidence_extension", "2024-03-11", filed_on="2024-03-11", cause="force_majeure",
         said={"evidence_extension_request": {"cause": "台风致档案室进水，卷宗需要修复", "expected_on": "2024-04-10"}}),
    *begin()[2:4],
    step("excuse_officer", "2024-05-08", ground="irreplaceable_duty", explanation="负责人须赴现场指挥抢险", proof="应急指挥部通知",
         sealed_or_signed=True, staff=["甲"]),
)  # fmt: skip
ANSWERED = _told(
    "对方上诉后答辩",
    *begin(),
    step("record_hearing", "2024-05-15", held_on="2024-05-15", attended_officer="赵局长", officer_kind="principal", staff=["甲"]),
    step("serve_judgment", "2024-08-05", services={"r-bureau": "2024-08-05", "p-lin": "2024-08-05"}, result="dismissed"),
    step("receive_appeal", "2024-08-19", party="p-lin", filed_on="2024-08-12", received_by={"r-bureau": "2024-08-19"}),
    step("answer_appeal", "2024-08-26", party="r-bureau", said={"answer": ANSWER}),
)  # fmt: skip
SETTLED = _told(
    "诉前调解成功",
    step("refer_mediation", "2024-02-01", station="越秀工作站", mediators=["甲"]),
    step("close_mediation", "2024-02-20", result="settled", agreement="行政机关重新核定罚款数额，申请人不再起诉",
         said={"mediation_agreement": {"plaintiff": [{"name": "林示例", "kind": "person"}], "defendant": [{"name": "广州市示例管理局", "kind": "organ"}],
                                       "dispute": "不服行政处罚决定", "performance_due": "2024-03-20"}}),
)  # fmt: skip
SUITS = (LOST, EXCUSED, ANSWERED, SETTLED)
