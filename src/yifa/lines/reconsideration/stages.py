"""Stages, roles and party sets of a reconsideration case."""

from yifa.language.records import Stage

ROLES = {
    "window_clerk": "接待窗口人员",
    "handler": "行政复议人员",
    "section_head": "处室负责人",
    "body_head": "复议机构负责人",
    "organ_head": "复议机关负责人",
    "committee": "行政复议委员会",
    "superior": "上级行政机关",
    "respondent": "被申请人",
    "applicant": "申请人",
    "organ": "复议机关",
}

CLERKS = frozenset({"window_clerk", "handler"})
HANDLER = frozenset({"handler"})
SECTION_HEAD = frozenset({"section_head"})
BODY_HEAD = frozenset({"body_head"})
ORGAN_HEAD = frozenset({"organ_head"})
SUPERIOR = frozenset({"superior"})

PARTY_SETS = {
    "applicants": ("applicant",),
    "respondents": ("respondent",),
    "third_parties": ("third_party",),
    "parties": ("applicant", "respondent", "third_party"),
    "issuers": ("issuer",),
}
ALL_PARTIES = PARTY_SETS["parties"]

STAGES = (
    Stage("received", "已收件（待审查）"),
    Stage("transferring", "跨域转送中"),
    Stage("supplementing", "补正中"),
    Stage("reviewing", "审理中"),
    Stage("suspended", "中止"),
    Stage("decided", "已决定待送达"),
    Stage("served", "已送达，履行跟踪", concluded=True),
    Stage("performance_ordered", "责令限期履行", concluded=True),
    Stage("refused", "不予受理", open=False),
    Stage("abandoned", "视为放弃申请", open=False),
    Stage("referred", "告知或转送其他机关", open=False),
    Stage("withdrawn", "受理前撤回", open=False),
    Stage("terminated", "终止", open=False, concluded=True),
    Stage("closed", "结案归档", open=False, concluded=True),
)

OPEN = tuple(stage.code for stage in STAGES if stage.open)
ACCEPTED = ("reviewing", "suspended", "decided", "served", "performance_ordered")
IN_REVIEW = ("reviewing", "suspended")
