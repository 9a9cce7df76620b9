"""Mediations, step by step, in which every document of the line is issued. All people are invented."""

from typing import Any

from tests.documents.stories import Step, Story, step

SIDES = [
    {"id": "p-zhou", "name": "周示例", "side": "first", "contact": "020-00000011", "address": "广州市示例区样本路11号201房"},
    {"id": "p-shop", "name": "广州样本家政服务有限公司", "side": "second", "kind": "organisation", "contact": "020-00000012",
     "address": "广州市示例区样本路12号", "agent": "吴样本（职工）"},
]  # fmt: skip
AGREE = [{"party": "p-zhou", "agrees": True}, {"party": "p-shop", "agrees": True}]
RECORD = {
    "med_record": {
        "time": "2024年3月6日15时至16时30分",
        "place": "样本街道人民调解委员会调解室",
        "course": ["周示例陈述：家政人员清洗时损坏地板。公司陈述：愿意承担合理的维修费用。",
                   "调解员就地板的折旧和维修价格向双方说明了有关规定，双方对损坏的事实没有争议。"],
        "result": "双方同意以三千元为基础继续协商。",
    }
}  # fmt: skip


def _told(name: str, version: str, *steps: Step) -> Story:
    return Story(name, "mediation", "gz-sfj", version, steps)


def begin(day: str, **changes: Any) -> tuple[Step, ...]:
    """From the registration to the first meeting."""
    data = {
        "parties": SIDES, "dispute_type": "damages", "facts": "2024年2月18日，家政人员在清洗时损坏申请人家中的木地板。",
        "claim": "赔偿地板维修费用五千元", "amount": 5000, "consent": AGREE, "channel": "application", "form": "oral", **changes,
    }  # fmt: skip
    return (
        step("register", day, **data), step("ask_consent", day), step("accept", day, mediators=["甲"]),
        step("start", day, record="首次调解笔录", said=RECORD),
    )  # fmt: skip


PERFORMED = _told(
    "达成协议并确认", "confirm-2024",
    *begin("2024-03-06"),
    step("find_risk", "2024-03-07", found_at="2024-03-07T10:20"),
    step("report_risk", "2024-03-07", to=["示例派出所"], facts="一方亲属多人到公司门前聚集，扬言报复", measures="已劝离现场，并通知双方到调解室"),
    step("agree_written", "2024-03-12", content="公司向周示例支付维修费用三千元", facts="双方对家政人员损坏地板的事实没有争议，公司承担维修责任。",
         parties_signed_on="2024-03-12", mediator_signed_on="2024-03-12", sealed_on="2024-03-12",
         instalments=[{"due_on": "2024-03-31", "amount": 1000}, {"due_on": "2024-04-30", "amount": 2000, "what": "一次付清余款"}]),
    step("apply_confirm", "2024-03-20", court="广州市示例区人民法院", applicants=["p-zhou", "p-shop"], seat="body",
         said={"med_confirm_app": {"agreement_no": "示调协〔2024〕1号"}}),
    step("confirm_result", "2024-04-02", result="valid", ruled_on="2024-04-01"),
    step("follow_up", "2024-05-06", performed="full", performed_on="2024-04-28",
         said={"med_visit": {"situation": "两期款项均已按约定支付，双方没有其他争议。"}}),
    step("close", "2024-05-08"),
)  # fmt: skip
SPOKEN = _told(
    "口头协议", "confirm-2024",
    *begin("2024-03-06", dispute_type="neighbour"),
    step("agree_oral", "2024-03-08", content="公司当面赔礼道歉，周示例表示谅解", performance_due_on="2024-03-15"),
)  # fmt: skip
FAILED = _told(
    "调解不成", "confirm-2024",
    *begin("2024-03-06", dispute_type="labour", facts="周示例称公司拖欠其2023年12月工资。", claim="支付工资五千元", infringed_on="2024-01-05"),
    step("fail", "2024-03-19"),
)  # fmt: skip
REFERRED = _told(
    "转办", "confirm-2022",
    *begin("2023-03-06", arbitration_clause=True, dispute_type="contract", facts="2023年1月双方就服务费发生争议。", claim="退还服务费"),
    step("route", "2023-03-20", target="arbitration", body="广州仲裁委员会", reason="双方两次协商，对退费数额未能达成一致"),
)  # fmt: skip
REFUSED = _told(
    "不予受理", "confirm-2022",
    begin("2023-03-06", nature="administrative", act_known_on="2023-02-10", facts="周示例不服一项行政处罚。", claim="撤销处罚")[0],
    step("refuse", "2023-03-07", ground="organ_only"),
)  # fmt: skip

MEDIATIONS = (PERFORMED, SPOKEN, FAILED, REFERRED, REFUSED)
