"""Whole matters, step by step, in which every document of both lines is issued. All people are invented.

A step is an act with its day, its data, the party it concerns, and the passages its documents need. The same stories
run in memory and through the door.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Passages = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Step:
    """One act."""

    action: str
    day: str
    data: dict[str, Any] = field(default_factory=dict)
    party: str | None = None
    said: Passages = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """One matter of a line, at an organ."""

    name: str
    line: str
    organ: str
    version: str
    steps: tuple[Step, ...]
    parameters: dict[str, Any] = field(default_factory=dict)


def step(
    action: str, on: str, /, party: str | None = None, said: Passages | None = None, **data: Any
) -> Step:
    return Step(action, on, data, party, said or {})


ZHANG = {
    "id": "p-zhang", "name": "张示例", "gender": "male", "birth_date": "1985-03-02", "address": "广州市示例区样本路1号101房",
}  # fmt: skip
BUREAU = {
    "id": "r-bureau", "name": "广州市示例管理局", "kind": "organ", "address": "广州市示例区样本路2号", "representative": "王样例",
}  # fmt: skip
THIRD = "广州样本餐饮管理有限公司"
ACT = {
    "type": "penalty",
    "doc_no": "穗示罚〔2024〕7号",
    "made_on": "2024-01-08",
    "content": "《行政处罚决定书》",
}
OLD_ACT = {
    "type": "penalty",
    "doc_no": "穗示罚〔2021〕7号",
    "made_on": "2021-12-20",
    "content": "《行政处罚决定书》",
}
SEVEN = [1, 2, 3, 4, 5, 6, 7]
RULE = "《示例市食品小作坊管理办法（试行）》"


def application(day: str, **changes: Any) -> dict[str, Any]:
    data = {
        "filed_on": day, "received_on": day, "channel": "in_person", "applicants": [ZHANG], "respondents": [BUREAU],
        "agents": [{"id": "g-1", "principal": "p-zhang", "name": "李样本，广东示例律师事务所律师"}],
        "act": ACT, "act_category": 1, "known_on": day, "remedy_told": "all", "requests": ["revoke"],
        "facts_reasons": "涉案商品系同批次进货，进货票据齐全，被申请人认定事实不清，处罚明显过重。",
        "service_address": "广州市示例区样本路1号101房", "e_service_consent": False,
        "materials": ["行政复议申请书", "居民身份证复印件", "《行政处罚决定书》复印件", "授权委托书"],
    }  # fmt: skip
    return data | changes


DECISION: dict[str, Any] = {
    "positions": [
        {"party": "申请人", "text": "涉案商品系同批次进货，进货票据齐全，被申请人认定事实不清，处罚明显过重。"},
        {"party": "被申请人", "text": "现场检查发现涉案商品超过保质期，事实清楚、证据确凿，处罚依法有据。"},
        {"party": "第三人", "text": "同意被申请人的意见。"},
    ],
    "facts": [
        "2023年11月20日，被申请人对申请人经营的示例便利店进行现场检查，发现货架上陈列待售的样本牌饼干三袋，包装标注的"
        "保质期至2023年11月10日。被申请人当场制作现场笔录并予以登记保存。",
        "2024年1月8日，被申请人未告知拟作出的行政处罚内容及事实、理由、依据，即作出罚款3000元的《行政处罚决定书》，"
        "并于同日送达申请人。",
    ],
    "evidence": ["现场笔录", "询问笔录", "进货票据", "送达回证"],
    "reasons": [
        "被申请人具有作出案涉行政处罚的法定职权。",
        "行政机关在作出行政处罚决定之前，应当告知当事人拟作出的行政处罚内容及事实、理由、依据，并告知当事人依法享有的陈述、"
        "申辩等权利。被申请人未履行该项告知义务，违反法定程序，依法应予撤销。",
    ],
    "attached_finding": [f"申请人一并请求审查的{RULE}第五条第二款，经有权机关处理，合法。"],
    "article_item": 3,
}  # fmt: skip
OPINION = {"advice": ["严格执行行政处罚告知制度", "对同类案件进行自查"]}
SUGGESTION = {
    "period_from": "2024-01-01", "period_to": "2024-06-30",
    "summary": "本期共审结以你单位为被申请人的行政复议案件12件，其中撤销2件、确认违法1件",
    "statistics": [["审结案件", "12件", "比上年同期减少3件"], ["纠错案件", "3件", "直接纠错率25.0%"]],
    "problems": ["处罚前告知程序不规范", "证据收集不全面"],
    "suggestions": ["组织执法人员开展程序专题培训", "建立处罚决定法制审核清单"],
}  # fmt: skip
ORDER = {"reason": "你机关在规定期限内未重新作出行政行为", "duties": ["重新作出行政行为"]}
HEARING = {
    "hearing_on": "2024-04-18", "served_on": "2024-04-09", "chair": "周办案", "officers": ["吴办案", "郑办案"],
    "clerk": "陈记录", "place": "行政复议听证室",
    "matters": ["行政处罚决定认定的事实是否清楚、证据是否充分", "行政处罚程序是否合法"],
}  # fmt: skip


def served(day: str, action: str = "serve_decision") -> tuple[Step, ...]:
    """On applicant and respondent."""
    return (
        step(action, day, "p-zhang", served_on=day, method="direct", receiver="张示例"),
        step(action, day, "r-bureau", served_on=day, method="post", receiver="收发室"),
    )


FULL = Story("完整审理", "reconsideration", "gz-sfj", "2023", (
    step("receive_application", "2024-01-31", **application("2024-01-31", channel="oral", stay_requested=True,
         stay_reason="罚款数额较大，立即缴纳将使经营难以为继", normative_docs=[{"title": RULE}])),
    step("request_supplement", "2024-02-02", items=["载明具体的行政复议请求和理由", "申请人身份证明"], issued_on="2024-02-02"),
    step("serve_supplement", "2024-02-04", served_on="2024-02-04"),
    step("submit_supplement", "2024-02-19", received_on="2024-02-19"),
    step("assign_handler", "2024-02-20", handlers=["甲", "乙"]),
    step("accept", "2024-02-21", accepted_on="2024-02-21", conditions_met=SEVEN),
    step("send_copy", "2024-02-26", "r-bureau", served_on="2024-02-26"),
    step("join_third_party", "2024-02-27", THIRD, mode="application"),
    step("stay_execution", "2024-02-28", ground=3),
    step("receive_reply", "2024-03-01", "r-bureau", received_on="2024-03-01"),
    step("suspend", "2024-03-04", ground=9, has_power=False, doc=RULE, suspended_on="2024-03-04"),
    step("request_normative_review", "2024-03-04", has_power=False, doc=RULE, suspended_on="2024-03-04"),
    step("notify_issuer", "2024-03-05", said={"issuer_notice": {
        "issuer": "示例市市场监督管理局", "clauses": ["第五条第二款关于登记条件的规定"]}}),
    step("transfer_normative", "2024-03-06", to_organ="示例市人民政府", said={"transfer_letter": {
        "clauses": ["第五条第二款关于登记条件的规定", "第十二条关于停业期限的规定"]}}),
    step("resume", "2024-04-08", resumed_on="2024-04-08"),
    step("notify_hearing", "2024-04-09", **HEARING, said={"hearing_notice": {"hearing_on": "2024年4月18日上午9时30分"}}),
    step("hold_hearing", "2024-04-18", held_on="2024-04-18"),
    step("hear_opinions", "2024-04-19", mode="phone", record="已制作电话记录"),
    step("extend_review", "2024-05-10", days=30, said={"extension_notice": {"reason": "需要向有关单位调取关键证据"}}),
    step("decide", "2024-05-20", decision_type="revoke", remake=True, remake_days=60, said={"decision": DECISION}),
    *served("2024-05-22"),
    step("serve_decision", "2024-05-23", THIRD, served_on="2024-05-23", method="post"),
    step("issue_opinion", "2024-05-24", to="广州市示例管理局", issue="在作出行政处罚决定前未依法履行告知程序",
         said={"opinion": OPINION}),
    step("issue_suggestion", "2024-07-08", to="广州市示例管理局", said={"suggestion": SUGGESTION}),
    step("order_performance", "2024-08-01", due_on="2024-09-02", said={"performance_order": ORDER}),
))  # fmt: skip
REFUSED = Story("不予受理", "reconsideration", "gz-sfj", "2023", (
    step("receive_application", "2024-04-10", **application("2024-04-10", known_on="2024-01-08")),
    step("refuse", "2024-04-12", condition=4,
         reason="你于2024年1月8日收到案涉行政处罚决定书，至2024年4月10日提出行政复议申请时已超过六十日，且未提供有正当理由耽误申请期限的证据"),
    step("serve_refusal", "2024-04-15", "p-zhang", served_on="2024-04-15", method="left"),
))  # fmt: skip
ELSEWHERE = Story("无管辖权", "reconsideration", "gz-sfj", "2023", (
    step("receive_application", "2024-01-31", **application("2024-01-31")),
    step("refuse", "2024-02-04", condition=6, reason="被申请人系区级工作部门", competent_organ="440106-gov"),
))  # fmt: skip
WITHDRAWN = Story("撤回", "reconsideration", "gz-sfj", "2023", (
    step("receive_application", "2024-01-31", **application("2024-01-31")),
    step("accept", "2024-02-06", accepted_on="2024-02-06", conditions_met=SEVEN),
    step("withdraw", "2024-03-01"),
))  # fmt: skip
REJECTED = Story("驳回申请", "reconsideration", "gz-sfj", "2023", (
    step("receive_application", "2024-01-31", **application("2024-01-31")),
    step("accept", "2024-02-06", accepted_on="2024-02-06", conditions_met=SEVEN),
    step("reject_application", "2024-03-01", condition=2, reason="申请人与被申请行政复议的行政处罚决定没有利害关系"),
    *served("2024-03-04"),
))  # fmt: skip
MEDIATED = Story("调解", "reconsideration", "gz-sfj", "2023", (
    step("receive_application", "2024-01-31", **application("2024-01-31")),
    step("accept", "2024-02-06", accepted_on="2024-02-06", conditions_met=SEVEN),
    step("mediate", "2024-02-28"),
    step("mediation_agreement", "2024-03-05", signed_on="2024-03-05", sealed_on="2024-03-05", signed_by=["p-zhang", "r-bureau"],
         said={"mediation_document": {
             "facts": DECISION["facts"][:1], "reasons": ["本案涉及行政裁量权的行使，依法可以调解。"],
             "result": ["被申请人将罚款数额变更为1000元", "申请人放弃其他请求"]}}),
))  # fmt: skip
CONVERTED = Story("简易转普通", "reconsideration", "gz-sfj", "2023", (
    step("receive_application", "2024-01-31",
         **application("2024-01-31", act={"type": "warning", "doc_no": "穗示罚〔2024〕9号", "made_on": "2024-01-10"})),
    step("accept", "2024-02-06", accepted_on="2024-02-06", conditions_met=SEVEN, procedure="simplified",
         simplified_ground="warning"),
    step("send_copy", "2024-02-08", "r-bureau", served_on="2024-02-08"),
    step("convert_to_ordinary", "2024-02-20", reason="当事人对主要事实争议较大，需要调查核实"),
))  # fmt: skip
OLD_FULL = Story("旧法审理", "reconsideration", "gz-sfj", "2017", (
    step("receive_application", "2022-01-20", **application("2022-01-20", channel="oral", act=OLD_ACT)),
    step("request_supplement", "2022-01-24", items=["申请人身份证明"], issued_on="2022-01-24", due_on="2022-02-14"),
    step("serve_supplement", "2022-01-25", served_on="2022-01-25"),
    step("submit_supplement", "2022-02-10", received_on="2022-02-10"),
    step("accept", "2022-02-11", accepted_on="2022-02-11", conditions_met=SEVEN),
    step("assign_handler", "2022-02-14", handlers=["甲", "乙"]),
    step("send_copy", "2022-02-15", "r-bureau", served_on="2022-02-15"),
    step("join_third_party", "2022-02-16", THIRD),
    step("stay_execution", "2022-02-17", ground=3, said={"stay_notice": {"reason": "申请人的申请要求合理"}}),
    step("suspend", "2022-02-21", ground="other", suspended_on="2022-02-21"),
    step("transfer_normative", "2022-02-22", to_organ="示例市人民政府", said={"transfer_letter": {
        "document": RULE, "clauses": ["第五条第二款"]}}),
    step("resume", "2022-03-14", resumed_on="2022-03-14"),
    step("notify_hearing", "2022-03-15", **{**HEARING, "hearing_on": "2022-03-24", "served_on": "2022-03-15"}),
    step("extend_review", "2022-03-28", days=30, said={"extension_notice": {"reason": "需要调取关键证据"}}),
    step("decide", "2022-04-20", decision_type="uphold", said={"decision": {
        **DECISION, "attached_finding": [], "article_item": None}}),
    *served("2022-04-22"),
    step("serve_decision", "2022-04-22", THIRD, served_on="2022-04-22"),
    step("issue_opinion", "2022-04-24", to="广州市示例管理局", issue="案卷材料未按规定归档", said={"opinion": OPINION}),
    step("issue_suggestion", "2022-07-08", to="广州市示例管理局", said={"suggestion": SUGGESTION}),
    step("order_performance", "2022-08-01", due_on="2022-09-01", said={"performance_order": ORDER}),
))  # fmt: skip


def _old(name: str, *steps: Step) -> Story:
    start = step("receive_application", "2022-01-20", **application("2022-01-20", act=OLD_ACT))
    return Story(name, "reconsideration", "gz-sfj", "2017", (start, *steps))


_ACCEPTED = step("accept", "2022-01-21", accepted_on="2022-01-21", conditions_met=SEVEN)
OLD_REFUSED = _old(
    "旧法不予受理", step("refuse", "2022-01-24", condition=2, reason="申请人与案涉行为没有利害关系")
)
OLD_ENDED = _old("旧法终止", _ACCEPTED, step("withdraw", "2022-02-28", settled=True, reason="双方已经和解"))
OLD_REJECTED = _old(
    "旧法驳回", _ACCEPTED, step("reject_application", "2022-02-28", condition=2, reason="没有利害关系")
)
OLD_MEDIATED = _old(
    "旧法调解", _ACCEPTED, step("mediate", "2022-02-21", discretionary_or_compensation=True),
    step("mediation_agreement", "2022-02-28", signed_on="2022-02-28", sealed_on="2022-02-28", signed_by=["p-zhang", "r-bureau"],
         said={"mediation_document": {"facts": ["事实"], "reasons": ["理由"], "result": ["被申请人赔偿500元"]}}),
)  # fmt: skip

# ------------------------------------------------------------------------------------------------ legal aid

TABLE = [
    {"kind": "labour", "stage": None, "area": None, "amount": 1800},
    {"kind": "crim_defence_notified", "stage": "first", "area": None, "amount": 2400},
]
LAWYER = {"id": "李样本", "firm": "广东示例律师事务所", "practice_start": "2010-01-01", "criminal_start": "2011-01-01",
          "knows_minors": True}  # fmt: skip
CONTACT = {"licence_no": "00000000000000000", "lawyer_phone": "020-00000001"}
ASSIGNED: Passages = {
    "ZPTZ": {**CONTACT, "recipient_contact": "钱示例，电话020-00000002"},
    "ZPGH": {**CONTACT, "to": "广州市示例区劳动人事争议仲裁委员会"},
    "TZHD": {**CONTACT},
}


def aid(day: str, **changes: Any) -> dict[str, Any]:
    data = {
        "applicant": "钱示例", "kind": "labour", "stage": "arbitration", "matter_code": "labour_pay",
        "opponent": "广州样本餐饮管理有限公司", "groups": ["migrant_worker"], "mode": "documents", "received_at": f"{day}T09:00",
        "channel": "window", "materials": ["法律援助申请表", "居民身份证复印件", "劳动合同复印件", "工资银行流水"],
        **changes,
    }  # fmt: skip
    return {name: value for name, value in data.items() if value is not None}


def _aid(name: str, version: str, *steps: Step) -> Story:
    standard = {"hardship_standard": Decimal(3100)} if version == "la-2003" else {}
    return Story(name, "legal_aid", "gz-aid", version, steps, {"subsidy_table": TABLE, **standard})


def granted_story(name: str, version: str, days: tuple[str, ...], start: dict[str, Any]) -> Story:
    """From the application to the subsidy; `days` of its twelve acts."""
    d = iter(days)
    return _aid(name, version,
        step("receive", days[0], **start),
        *(step(action, day, **data) for action, day, data in (
            ("ask_supplement", days[1], {"items": ["劳动合同或者其他能够证明劳动关系的材料", "对家庭收入情况的说明"], "term": 10}),
            ("supplement_in", days[2], {"received_on": days[2]}),
            ("grant", days[3], {}),
            ("serve_document", days[3], {"document": "GYJD", "of": 3, "method": "direct", "served_on": days[3],
                                         "receiver": "钱示例", "server": "周办案、吴办案"}),
        )),
        step("assign", days[4], lawyer=LAWYER, said=ASSIGNED),
        step("sign_agreement", days[5]), step("first_meeting", days[6]),
        step("change_request", days[7], evidence="会见记录", received_on=days[7]),
        step("change", days[8], lawyer={**LAWYER, "id": "孙样本"}, cause="illness", said={"GHJD": CONTACT})
        if next(d) >= "2022" else step("report_progress", days[8]),
        step("end", days[9], ended_on=days[9], document="award"), step("file_in", days[10], received_on=days[10]),
        step("file_accept", days[11]), step("pay", days[12], amount=Decimal("1800.00")),
    )  # fmt: skip


GRANTED = granted_story("给予援助", "la-2023", (
    "2024-03-04", "2024-03-05", "2024-03-07", "2024-03-08", "2024-03-11", "2024-03-12", "2024-03-13", "2024-04-02", "2024-04-03",
    "2024-07-12", "2024-08-02", "2024-08-09", "2024-08-12",
), aid("2024-03-04", mode="commitment", situation="hardship", groups=[],
       household=[{"relation": "本人", "income": "3000"}, {"relation": "子女", "income": "0"}]))  # fmt: skip
OLD_GRANTED = granted_story("旧条例给予援助", "la-2003", (
    "2021-11-01", "2021-11-02", "2021-11-04", "2021-11-08", "2021-11-09", "2021-11-10", "2021-11-11", "2021-12-01", "2021-12-02",
    "2021-12-20", "2021-12-22", "2021-12-24", "2021-12-27",
), aid("2021-11-01", groups=[], per_capita_income="1000"))  # fmt: skip


def refused_story(version: str, days: tuple[str, ...], result: str) -> Story:
    """A refusal, the objection and what came of it."""
    return _aid(f"不予援助{version}", version,
        step("receive", days[0], **aid(days[0], groups=[], household=[{"relation": "本人", "income": "4000"}])),
        step("refuse", days[1], rule="E6", reasons="申请人家庭人均月收入为4000元，高于本市现行经济困难标准"),
        step("object", days[2], received_on=days[2], against="refusal"),
        step("objection_decide", days[3], result=result, said={"YYJD": {"reason": "原决定认定事实清楚，适用法律正确"}}),
    )  # fmt: skip


AID_REFUSED = refused_story("la-2023", ("2023-12-18", "2023-12-22", "2023-12-28", "2024-01-02"), "maintain")
OLD_AID_REFUSED = refused_story(
    "la-2003", ("2021-11-01", "2021-11-05", "2021-11-10", "2021-11-15"), "correct"
)
AID_FIRST = _aid("先行提供", "la-2023",
    step("receive", "2024-03-04", **aid("2024-03-04", limitation_date="2024-03-08")),
    step("aid_first", "2024-03-05", ground="limitation", step="arbitration"),
    step("assign", "2024-03-05", lawyer=LAWYER, said=ASSIGNED),
)  # fmt: skip
NOTIFIED = _aid("通知辩护", "la-2023",
    step("notify_in", "2023-10-09", received_on="2023-10-09", notified_on="2023-10-08", notice_ground="minor", stage="first",
         name="赵小样", cause="盗窃", contact="示例法院刑事审判庭", organ="广州市示例区人民法院", organ_case_no="（2023）示刑初8号"),
    step("assign", "2023-10-11", lawyer=LAWYER, said=ASSIGNED),
)  # fmt: skip
NOTIFIED_ENDED = _aid("通知辩护终止", "la-2023",
    step("notify_in", "2023-10-09", received_on="2023-10-09", notified_on="2023-10-08", notice_ground="minor", stage="first",
         name="孙小样", cause="盗窃", contact="示例法院刑事审判庭", organ="广州市示例区人民法院", organ_case_no="（2023）示刑初9号"),
    step("assign", "2023-10-11", lawyer=LAWYER, said=ASSIGNED),
    step("terminate", "2023-10-20", ground=6, said={"ZZJD": {"reason": "受援人已另行委托辩护人"}}),
)  # fmt: skip
CRIMINAL = _aid("申请刑事辩护", "la-2023",
    step("receive", "2024-03-04", **aid("2024-03-04", kind="crim_defence_applied", stage="first", matter_code=None, opponent=None,
         groups=[], household=[{"relation": "本人", "income": "1000"}])),
    step("grant", "2024-03-06"),
)  # fmt: skip
OLD_NOTIFIED = _aid("旧条例指定辩护", "la-2003",
    step("notify_in", "2021-10-11", received_on="2021-10-11", notice_ground="minor", stage="first", name="赵小样",
         cause="盗窃", contact="示例法院", organ="广州市示例区人民法院", organ_case_no="（2021）示刑初8号"),
    step("assign", "2021-10-13", lawyer=LAWYER, said=ASSIGNED),
)  # fmt: skip


def ended_story(version: str, days: tuple[str, ...], **start: Any) -> Story:
    """Aid is ended because the recipient took a lawyer of their own."""
    return _aid(f"终止援助{version}", version,
        step("receive", days[0], **aid(days[0], **start)), step("grant", days[1]),
        step("assign", days[2], lawyer=LAWYER, said=ASSIGNED),
        step("terminate", days[3], ground=6, said={"ZZJD": {"reason": "受援人已另行委托律师代理案件"}}),
    )  # fmt: skip


AID_ENDED = ended_story("la-2023", ("2024-03-04", "2024-03-06", "2024-03-07", "2024-05-06"))
OLD_AID_ENDED = ended_story(
    "la-2003", ("2021-11-01", "2021-11-04", "2021-11-05", "2021-12-06"), per_capita_income="1000"
)


def duty_story(version: str, days: tuple[str, ...]) -> Story:
    return _aid(f"法律帮助{version}", version,
        step("duty_request", days[0], person="赵小样", stage="prosecution", organ="广州市示例区人民检察院",
             organ_case_no="示检〔2024〕8号"),
        step("duty_arrange", days[0], lawyer="李样本", place="广州市示例区看守所值班律师工作站", day=days[1], half="am"),
        step("duty_help", days[1], person="赵小样", stage="prosecution", organ_case_no="示检〔2024〕8号", lawyer="李样本",
             content=["consultation", "procedure_choice", "plea_statement"],
             opinion="已释明涉嫌罪名、量刑建议和认罪认罚从宽制度，被帮助人表示理解。",
             said={"FLBZ": {"licence_no": CONTACT["licence_no"], "charge": "盗窃", "answer": "没有意见。"}}),
    )  # fmt: skip


DUTY = duty_story("la-2023", ("2024-03-07", "2024-03-08"))
OLD_DUTY = duty_story("la-2003", ("2021-11-02", "2021-11-03"))

STORIES = (
    FULL, REFUSED, ELSEWHERE, WITHDRAWN, REJECTED, MEDIATED, CONVERTED, OLD_FULL, OLD_REFUSED, OLD_ENDED, OLD_REJECTED,
    OLD_MEDIATED, GRANTED, AID_REFUSED, AID_FIRST, NOTIFIED, AID_ENDED, NOTIFIED_ENDED, CRIMINAL, DUTY, OLD_GRANTED, OLD_AID_REFUSED, OLD_NOTIFIED,
    OLD_AID_ENDED, OLD_DUTY,
)  # fmt: skip
