"""Stages, roles and parties of mediation, and what kinds of disputes and bodies there are."""

from yifa.language.records import Stage
from yifa.language.words import words

ROLES = {
    "party": "当事人",
    "mediator": "人民调解员",
    "grid_mediator": "综合网格员（兼职调解员）",
    "committee_head": "调委会主任",
    "justice_office": "司法所",
    "district_bureau": "区司法局",
    "bureau": "司法行政部门",
    "city_bureau": "市司法局",
    "referrer": "移送单位",
    "court": "法院",
}

PARTY = frozenset({"party"})
MEDIATOR = frozenset({"mediator", "grid_mediator"})
HEAD = frozenset({"committee_head"})
TOWN = frozenset({"justice_office"})
BUREAU = frozenset({"district_bureau", "bureau"})
COURT = frozenset({"court"})

PARTY_SETS = {"parties": ("party",)}

STAGES = (
    Stage("screened", "排查登记"),
    Stage("registered", "登记"),
    Stage("consent_pending", "征求意愿"),
    Stage("accepted", "受理"),
    Stage("mediating", "调解中"),
    Stage("paused", "暂停（鉴定等）"),
    Stage("agreed", "达成协议"),
    Stage("confirming", "司法确认中"),
    Stage("performing", "履行回访"),
    Stage("closed_performed", "履行完毕归档", open=False, concluded=True),
    Stage("closed_failed", "调解不成", open=False, concluded=True),
    Stage("closed_refused", "不受理/拒绝调解", open=False),
    Stage("closed_routed", "转其他途径", open=False),
    Stage("closed_withdrawn", "撤回", open=False),
    # Of an outing or a dispute that never became a mediation.
    Stage("closed_prevented", "当场化解", open=False),
    Stage("closed_nothing", "未发现纠纷", open=False),
    # A committee as a matter of its own: election, filing, end.
    Stage("serving", "委员在任", track="committee"),
    Stage("dissolved", "撤销", open=False, track="committee"),
)

BEFORE_ACCEPTANCE = ("registered", "consent_pending")
IN_MEDIATION = ("mediating", "paused")
BEFORE_AGREEMENT = (*BEFORE_ACCEPTANCE, "accepted", *IN_MEDIATION)
AFTER_AGREEMENT = ("agreed", "confirming", "performing")
OPEN = ("screened", *BEFORE_AGREEMENT, *AFTER_AGREEMENT)
CONCLUDED = ("closed_performed", "closed_failed")
ANYWHERE = (*OPEN, *CONCLUDED, "closed_refused", "closed_routed", "closed_withdrawn")

WORDS = words("yifa.lines.mediation")
CHANNELS = WORDS["channel"]
REFERRED = ("court_before_filing", "court_after_filing", "police", "petition", "agency")
BY_COURT = ("court_before_filing", "court_after_filing")

DISPUTES = WORDS["dispute_type"]
LABOUR = ("labour", "unpaid_wages")

BODIES = WORDS["committee_kind"]
COMMITTEES = ("village", "town", "enterprise", "industry")
ORGANS = ("organ", "health")
