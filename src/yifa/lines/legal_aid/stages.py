"""Stages, roles and parties of a legal-aid case."""

from yifa.language.records import Stage

ROLES = {
    "window_clerk": "窗口人员",
    "reviewer": "审查人员",
    "agency_head": "法律援助机构负责人",
    "assigner": "指派岗",
    "aid_person": "法律援助人员",
    "firm": "承办机构",
    "duty_lawyer": "值班律师",
    "organ": "办案机关",
    "custody": "监管场所",
    "applicant": "申请人",
    "recipient": "受援人",
    "bureau": "司法行政部门",
    "finance": "财务人员",
    "assessor": "评估员",
}

CLERK = frozenset({"window_clerk", "reviewer"})
REVIEWER = frozenset({"reviewer"})
HEAD = frozenset({"agency_head"})
ASSIGNER = frozenset({"assigner"})
PERSON = frozenset({"aid_person"})
FIRM = frozenset({"aid_person", "firm"})
DUTY = frozenset({"duty_lawyer"})
BUREAU = frozenset({"bureau"})
FINANCE = frozenset({"finance"})
ASSESSOR = frozenset({"assessor"})

PARTY_SETS = {"applicants": ("applicant",), "recipients": ("applicant", "recipient")}

STAGES = (
    Stage("draft", "填报"),
    Stage("received", "收到"),
    Stage("supplement", "补充材料"),
    Stage("reviewing", "审查"),
    Stage("granted", "给予法律援助"),
    Stage("notified", "收到办案机关通知"),
    Stage("assigned", "已指派"),
    Stage("agreed", "已签约"),
    Stage("handling", "承办"),
    Stage("ended", "办结"),
    Stage("file_in", "已交卷"),
    Stage("file_review", "卷宗审查合格"),
    Stage("paid", "已付补贴"),
    # The work already done is still filed and paid for, hence open until it is archived.
    Stage("terminated", "终止", concluded=True),
    Stage("requested", "请求法律帮助"),
    Stage("arranged", "已安排值班律师"),
    Stage("helped", "已提供帮助"),
    Stage("refused", "不予法律援助", open=False),
    Stage("withdrawn", "撤回（含视为撤回）", open=False),
    Stage("transferred", "转送", open=False),
    Stage("archived", "归档", open=False, concluded=True),
    Stage("recorded", "已记录", open=False, concluded=True),
    Stage("aid_first", "先行提供", track="aid_first"),
    Stage("made_up", "已补办", open=False, track="aid_first"),
    Stage("objection", "异议审查", track="objection"),
    Stage("objection_decided", "异议已处理", open=False, track="objection"),
)

BEFORE_DECISION = ("received", "supplement", "reviewing")
IN_HAND = ("assigned", "agreed", "handling")
AIDED = ("granted", "notified", *IN_HAND)
# Aid given first is worked on while the application is still examined.
WORKING = (*IN_HAND, *BEFORE_DECISION)
AFTER_GRANT = (*AIDED, "ended", "file_in", "file_review", "paid", "archived")
# A refusal, or a termination with what follows it.
OBJECTIONABLE = ("refused", "terminated", "file_in", "file_review", "paid", "archived")
