"""Stages, roles and parties of a lawsuit against an organ."""

from yifa.language.records import Stage

ROLES = {
    "coordinator": "应诉机构统筹人员",
    "handler": "应诉承办人员",
    "lead_organ": "承办机关人员",
    "section_head": "应诉机构负责人",
    "organ_head": "被诉行政机关负责人",
    "mediator": "行政争议调解员",
    "court": "人民法院",
    "procuratorate": "人民检察院",
    "plaintiff": "原告",
    "third_party": "第三人",
    "defendant": "被告行政机关",
    "finance": "财务人员",
}

COORDINATOR = frozenset({"coordinator"})
STAFF = frozenset({"coordinator", "handler"})
LEAD = frozenset({"lead_organ", "handler"})
EVERYBODY = STAFF | LEAD
SECTION_HEAD = frozenset({"section_head"})
ORGAN_HEAD = frozenset({"organ_head"})
MEDIATORS = frozenset({"mediator", "coordinator"})

PARTY_SETS = {
    "plaintiffs": ("plaintiff",),
    "defendants": ("defendant",),
    "third_parties": ("third_party",),
    "parties": ("plaintiff", "defendant", "third_party"),
}
ALL_PARTIES = PARTY_SETS["parties"]

STAGES = (
    Stage("premediation", "诉前调解"),
    Stage("registered", "已登记待分办"),
    Stage("answering", "答辩举证"),
    Stage("awaiting_hearing", "待开庭"),
    Stage("heard", "已开庭待裁判"),
    Stage("suspended", "中止诉讼"),
    Stage("judged", "一审裁判已送达（上诉期）"),
    Stage("appealing", "二审"),
    Stage("effective", "裁判生效，履行跟踪", concluded=True),
    Stage("retrial", "再审审查或再审", concluded=True),
    Stage("nonlit_pending", "行政行为待申请执行"),
    Stage("enforcing", "执行", concluded=True),
    Stage("settled", "调解、撤诉结案", open=False, concluded=True),
    Stage("closed", "结案归档", open=False, concluded=True),
    Stage("suggestion_open", "司法、检察建议待回复", track="suggestion"),
    Stage("suggestion_replied", "司法、检察建议已回复", open=False, track="suggestion"),
    Stage("payment_open", "赔偿金待支付", track="compensation"),
    Stage("payment_done", "赔偿金已支付", open=False, track="compensation"),
)

BEFORE_HEARING = ("answering", "awaiting_hearing")
FIRST_INSTANCE = ("registered", *BEFORE_HEARING, "heard")
IN_COURT = (*FIRST_INSTANCE, "judged", "appealing")
OPEN = tuple(stage.code for stage in STAGES if stage.open and stage.track is None)
ANY = tuple(stage.code for stage in STAGES if stage.track is None)
DECIDED = ("effective", "retrial", "enforcing", "settled", "closed")

# A unit of attendance is one instance of one case: each counts anew (HEAD 7(2)), also the one after a remand.
INSTANCES = {
    "first": "一审",
    "second": "二审",
    "remand": "发回重审",
    "remand_second": "重审后二审",
    "retrial": "再审",
}
