"""A mediation as its documents name it: the parties and what they want, the agreement, the doors beside and their limits."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from yifa.documents.derivation import Matter, day_of
from yifa.documents.wording import chinese_date
from yifa.lines.mediation.facts import consents, performance_days
from yifa.lines.mediation.routing import DOORS, doors, routing_on
from yifa.lines.mediation.stages import CHANNELS, DISPUTES

_RISKS: Final = {"none": "无", "may_escalate": "可能激化", "may_become_crime": "可能引起治安、刑事案件"}
_PERFORMED: Final = {"full": "已全部履行", "part": "部分履行", "none": "未履行"}
_ENDS: Final = {
    "no_agreement": "经调解，双方未能达成协议，现终止调解",
    "term_over": "调解期限届满，双方未能达成协议，现终止调解",
    "party_ends": "一方当事人要求终止调解，现终止调解",
    "unsuitable": "纠纷不宜继续调解，现终止调解",
    "party_refuses": "一方当事人明确拒绝调解，不予受理",
    "outside_scope": "该纠纷不属于人民调解的范围，不予受理",
    "elsewhere": "该纠纷已由其他途径受理，不予受理",
    "organ_only": "该事项只能由行政机关依法处理，不予受理",
    "crime": "该事项涉嫌犯罪，应当由公安机关处理，不予受理",
}
_TARGETS: Final = DOORS | {
    "petition": "信访部门", "committee": "其他人民调解委员会", "administrative_mediation": "行政调解机关",
    "health_authority": "卫生健康主管部门",
}  # fmt: skip
# Clock `other_routes`, by variant of its start.
_LIMITED: Final = (("reconsideration",), ("labour_arbitration",), ("court", "arbitration"))
_FREE: Final = {
    "administrative_suit": "自知道或者应当知道行政行为之日起六个月内",
    "police": "立即", "notary_enforceable": "达成协议后，双方共同办理",
}  # fmt: skip


def form(m: Matter) -> Mapping[str, Any]:
    """The intake form."""
    return m.last("register")


def parties(m: Matter) -> list[dict[str, Any]]:
    """The parties with their particulars."""
    return [
        {
            "name": side.name or side.id,
            "kind": side.kind,
            "address": side.address,
            "id_number": side.id_number,
            "agents": [side.agent] if side.agent else [],
        }
        for side in form(m).get("parties", ())
    ]


def particulars(m: Matter) -> list[str]:
    """One line a party: name, address, contact."""
    sides = form(m).get("parties", ())
    return [f"{side.name or side.id}，{side.address}，联系方式{side.contact}" for side in sides]


def names(m: Matter) -> dict[str, str]:
    """What each party is called."""
    return {side.id: side.name or side.id for side in form(m).get("parties", ())}


def consent(m: Matter) -> list[str]:
    """What each party has said."""
    said = consents(m.view, {})
    words = {True: "同意调解", False: "拒绝调解", None: "尚未表示"}
    return [f"{name}：{words[said.get(who)]}" for who, name in names(m).items()]


def dispute_type(m: Matter) -> str:
    return DISPUTES.get(str(m.fact("dispute_type")), "民间")


def channel(m: Matter) -> str:
    return CHANNELS.get(str(m.fact("channel")), "")


def risk(m: Matter) -> str:
    return _RISKS.get(str(form(m).get("risk")), "")


def amount(m: Matter) -> str:
    found = form(m).get("amount")
    return "" if found is None else f"{found}元"


def people(m: Matter) -> int:
    return int(form(m).get("people_count", 2))


# ------------------------------------------------------------------------------------------------- agreement


def agreement(m: Matter) -> Mapping[str, Any]:
    """The agreement as last made."""
    last = [e for e in (m.view.last("agree_written"), m.view.last("agree_oral")) if e is not None]
    return max(last, key=lambda e: e.seq).data if last else {}


def terms(m: Matter) -> list[str]:
    content = agreement(m).get("content")
    return [content] if content else []


def agreed_facts(m: Matter) -> list[str]:
    """Facts, points at issue and responsibilities: as agreed, else as registered."""
    found = agreement(m).get("facts") or form(m).get("facts")
    return [found] if found else []


def performance(m: Matter) -> list[str]:
    """Each instalment with its day; one day for all; nothing where none was agreed."""
    data = agreement(m)
    parts = [_instalment(item) for item in data.get("instalments", ())]
    if parts:
        return parts
    return [f"于{chinese_date(day)}前履行完毕" for day in performance_days(data)]


def _instalment(item: Any) -> str:
    what = "，".join(
        part for part in (f"支付{item.amount}元" if item.amount else "", item.what or "") if part
    )
    return f"{chinese_date(item.due_on)}前{what or '履行'}"


def performed(m: Matter) -> str:
    return _PERFORMED.get(str(m.data("performed")), "")


def contacts(m: Matter) -> list[str]:
    """Where the court reaches each party."""
    sides = form(m).get("parties", ())
    return [f"{side.name or side.id}：{side.address}，电话{side.contact}。" for side in sides]


# ----------------------------------------------------------------------------------------------- doors beside


def end_reason(m: Matter) -> str:
    return _ENDS.get(str(m.data("ground")), "")


def routes(m: Matter) -> list[list[str]]:
    """Every door that stands open, with the day until which it does."""
    finding = m.view.outcomes.get("routing")
    day = m.fact("registered_on") or m.day
    open_ = doors(finding, routing_on(day)) if finding else ("court",)
    kept = [door for door in open_ if door not in ("people_mediation", "mediate_consequences")]
    return [[DOORS[door], _limit(m, door)] for door in kept or ("court",)]


def _limit(m: Matter, door: str) -> str:
    for instance in m.view.clocks.get("other_routes", ()):
        if door in _LIMITED[instance.variant] and instance.due.due is not None:
            until: date = day_of(instance.due.due)
            return f"至{chinese_date(until)}届满"
    return _FREE.get(door, "依照有关法律的规定")


def limits(m: Matter) -> list[list[str]]:
    """Limits that run, for the body that takes the dispute over."""
    return [row for row in routes(m) if row[1].startswith("至")]


def target(m: Matter) -> dict[str, str]:
    """The body a dispute is passed to."""
    return {
        "name": m.setting.name(m.data("body")) or _TARGETS.get(str(m.data("target")), ""),
        "kind": "organ",
    }


def reported_to(m: Matter) -> list[dict[str, str]]:
    return [{"name": m.setting.name(who), "kind": "organ"} for who in m.data("to") or ()]


def found_at(m: Matter) -> str:
    """When the risk was seen: the find, else the registration, else the report."""
    found = m.last("find_risk").get("found_at") or form(m).get("found_at") or m.event.effective_on
    clock = f"{found.hour}时{found.minute:02}分" if isinstance(found, datetime) else ""
    return f"{chinese_date(day_of(found))}{clock}"
