"""A legal-aid case as its documents name it: applicant, matter, form of aid, lawyer, path through the rules."""

from collections.abc import Mapping
from typing import Any, Final

from yifa.documents.derivation import Matter, Organ, day_of
from yifa.documents.wording import chinese_date
from yifa.lines.legal_aid.eligibility import MATTERS, MATTERS_2003, NO_CONDITION
from yifa.lines.legal_aid.law import OLD, TERMINATION_GROUNDS
from yifa.lines.legal_aid.means import parameter

FORMS: Final = {
    "crim_defence_notified": "刑事辩护",
    "crim_defence_applied": "刑事辩护",
    "crim_rep": "刑事代理",
    "compulsory_treatment": "强制医疗代理",
    "civil": "民事诉讼代理",
    "admin": "行政诉讼代理",
    "state_comp": "国家赔偿代理",
    "labour": "劳动争议代理",
    "non_litigation": "非诉讼代理",
}
_OUT_OF_COURT: Final = {"arbitration": "劳动争议仲裁代理", "non_litigation": "非诉讼代理"}
_CAPACITIES: Final = {"crim_defence_notified": "辩护人", "crim_defence_applied": "辩护人"}
PHASES: Final = {
    "investigation": "侦查",
    "prosecution": "审查起诉",
    "first": "第一审",
    "second": "第二审",
    "retrial": "再审",
    "death_review": "死刑复核",
    "arbitration": "仲裁",
    "non_litigation": "非诉讼",
}
HELP: Final = {
    "consultation": "提供法律咨询",
    "procedure_choice": "提出程序选择建议",
    "change_measure": "帮助申请变更强制措施",
    "case_opinion": "对案件处理提出意见",
    "plea_statement": "认罪认罚具结时在场",
    "file_reading": "查阅案卷材料",
}
SITUATIONS: Final = {
    "extreme_poverty": "特困人员", "minimum_living": "最低生活保障对象", "low_income_family": "低收入家庭成员",
    "disaster_relief": "因自然灾害等接受救助的人员", "institution_supported": "社会福利机构供养人员",
    "disabled_household": "残疾人家庭成员", "court_fee_relief": "人民法院给予司法救助的人员",
    "aided_within_year": "一年内曾获得法律援助的人员", "released_without_work": "刑满释放未就业人员",
    "conscript_family": "义务兵家属", "war_duty_soldier": "执行作战、重大任务的军人", "martyr_survivor": "烈士遗属",
    "military_staff": "军队文职人员", "military_retiree": "军队离退休人员", "hardship": "经济困难的公民",
}  # fmt: skip
# Rule of the eligibility table → path of the grant document. Criminal kinds and retrials have articles of their own.
_PATHS: Final = {"E3": "no_condition", "E5a": "hardship", "E5b": "hardship"}
_KIND_PATHS: Final = {"crim_defence_applied": "criminal", "crim_rep": "victim"}
_UNMET: Final = {"E2": "scope", "E6": "means", "E-R": "retained", "E2-R": "retrial"}
_CHANGE_CAUSES: Final = {
    "non_performance": "法律援助人员未依法履行职责",
    "conflict": "法律援助人员与本案存在利害冲突",
    "illness": "法律援助人员因病不能继续承办",
    "suspension": "法律援助人员被停止执业",
    "refused_lawyer": "受援人依法拒绝该法律援助人员",
}
# Item of LAL 31 that the "other" matters of local lists stand under.
_LOCAL_ITEM: Final = 9


def person(m: Matter) -> list[dict[str, str]]:
    """The applicant or recipient."""
    return [{"name": who, "kind": "person"} for who in m.view.parties_in("applicant", "recipient")]


def agency(m: Matter) -> Organ:
    """The legal-aid agency that has the case."""
    return m.setting.organ_of(m.view.organ or m.setting.organ)


def said(m: Matter) -> Mapping[str, Any]:
    """The application, or the notice, as received."""
    return m.last("receive") or m.last("notify_in") or m.last("duty_request")


def kind(m: Matter) -> str:
    """Kind of the matter."""
    return str(m.fact("kind") or "")


def matter(m: Matter) -> str:
    """援助事项: what aid is asked for, and against whom."""
    code = str(m.fact("matter") or said(m).get("matter_code") or "")
    title = MATTERS[code][0] if code in MATTERS else said(m).get("cause") or FORMS.get(kind(m), "")
    opponent = said(m).get("opponent")
    return f"{title}（对方当事人：{opponent}）" if opponent and title else title


def form(m: Matter) -> str:
    """援助形式."""
    return _OUT_OF_COURT.get(str(m.fact("phase")), "") or FORMS.get(kind(m), "")


def capacity(m: Matter) -> str:
    """What the lawyer acts as."""
    out_of_court = "代理人" if m.fact("phase") in _OUT_OF_COURT else "诉讼代理人"
    return _CAPACITIES.get(kind(m), out_of_court)


def path(m: Matter) -> str | None:
    """The path through the eligibility rules, as the grant words it."""
    rule = _rule(m)
    if _matter_code(m) == "retrial":
        return "retrial"
    return _KIND_PATHS.get(kind(m)) or _PATHS.get(rule) or ("exempt" if rule.startswith("E4") else None)


def _rule(m: Matter) -> str:
    finding = m.view.outcomes.get("eligibility")
    return finding.decisive if finding else ""


def _matter_code(m: Matter) -> str:
    return str(m.fact("matter") or "")


def matter_item(m: Matter) -> int | None:
    """Item of LAL 31 or of LAR 10(1) that lists the matter."""
    code = _matter_code(m)
    if m.view.version == OLD:
        return MATTERS_2003[code].item if code in MATTERS_2003 else None
    listed = MATTERS[code][1] if code in MATTERS else None
    if listed is None:
        return _LOCAL_ITEM if code else None
    return listed.item if listed.article == 31 else None


def path_item(m: Matter) -> int | None:
    """Item of LAL 42 (exempt) or LAL 32 (no condition)."""
    rule = _rule(m)
    if rule.startswith("E4-"):
        return int(rule[-1])
    ground = said(m).get("no_condition_ground") or m.data("no_condition_ground")
    return NO_CONDITION[ground].item if rule == "E3" and ground in NO_CONDITION else None


def unmet(m: Matter) -> str | None:
    """The rule of a refusal as the document words it."""
    return _UNMET.get(str(m.data("rule")))


def lawyer(m: Matter) -> str:
    """Who is assigned."""
    given = m.data("lawyer")
    return m.setting.name(m.data("person") or getattr(given, "id", None))


def firm(m: Matter) -> Any:
    """The firm of the assigned lawyer."""
    given = m.data("lawyer")
    name = m.setting.name(m.data("firm") or getattr(given, "firm", None))
    return {"name": name, "kind": "organisation"} if name else None


def former_lawyer(m: Matter) -> str:
    """Who was to act before the change."""
    return m.setting.name(m.before.facts.get("person"))


def change_reason(m: Matter) -> str | None:
    """Why the lawyer is changed."""
    return _CHANGE_CAUSES.get(str(m.data("cause")))


def to_organ(m: Matter) -> Any:
    """The organ whose notice it was."""
    name = m.setting.name(m.last("notify_in").get("organ"))
    return {"name": name, "kind": "organ"} if name else None


def termination_item(m: Matter) -> int | None:
    """The item of LAL 48(1), or of LAR 23 for applications before 2022."""
    ground = TERMINATION_GROUNDS[m.data("ground")]
    if m.view.version != OLD:
        return int(m.data("ground"))
    return ground.regulation.item if ground.regulation else None


def hardship_standard(m: Matter) -> str:
    """The standard in force on the day of receipt."""
    day = m.fact("first_received_on") or m.day
    value = parameter(m.view.env.parameters, "hardship_standard", day)
    return f"家庭人均月收入低于{value}元，且无较大价值资产" if value else ""


def statements(m: Matter) -> list[str]:
    """What the applicant states about the household."""
    members = said(m).get("household") or ()
    count = [f"共同生活的家庭成员共{len(members)}人"] if members else []
    incomes = [f"{who.relation}月收入{who.income}元" for who in members if _single(who.income)]
    situation = said(m).get("situation")
    return ([f"属于{SITUATIONS[situation]}"] if situation else []) + count + incomes


def _single(value: Any) -> bool:
    return value is not None and not isinstance(value, list)


def materials(m: Matter) -> list[str]:
    """What came with the application, the form first."""
    named = list(m.data("materials") or ())
    taken = [item["name"] for item in m.event.facts.get("materials", ()) if item["name"] not in named]
    return named + taken or ["法律援助申请表"]


def objected_to(m: Matter) -> tuple[str, Any]:
    """The decision objected to: its name and day."""
    if m.fact("closed_as") == "terminated":
        return "终止法律援助决定书", m.fact("terminated_on")
    return "不予法律援助决定书", m.fact("refused_on")


def duty(name: str) -> Any:
    """A detail of the help given, else of the request or the arrangement for it."""

    def find(m: Matter) -> Any:
        places = (m.event.data, m.last("duty_arrange"), m.last("duty_request"))
        return next((found for place in places if (found := place.get(name))), None)

    return find


def help_time(m: Matter) -> str:
    """When help was given."""
    return chinese_date(day_of(m.event.effective_on))
