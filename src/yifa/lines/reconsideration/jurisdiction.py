"""Jurisdiction 管辖: which organ is competent for an act of which respondent, by version."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from yifa.language.rules import Finding, Rule, RuleTable
from yifa.law.citation import Practice, Source, both
from yifa.lines.reconsideration.law import L17, L23

# From this day Guangdong has one reconsideration organ per county-or-higher government.
CONCENTRATED_SINCE = date(2021, 6, 1)
_CONCENTRATED = Practice("广东自2021年6月1日起集中由政府管辖")


class Respondent(NamedTuple):
    """What decides jurisdiction about a respondent.

    kind  department | government | dispatched_organ 派出机关 | authorised 授权组织 | dispatched_body 派出机构 |
    vertical 垂直领导、税务、国家安全 | justice 司法行政部门 | province | state_council_department | joint;
    level  city | district | town; by_division  a dispatched body set up by administrative division under a
    city department.
    """

    kind: str
    level: str
    by_division: bool = False


def _is(*kinds: str) -> Any:
    return lambda r: r.kind in kinds


_USES = ("kind", "level")
_LABELS = {"kind": "被申请人性质", "level": "层级", "by_division": "按行政区划设立"}

JURISDICTION_ZH = {
    "superior_department": "其上一级主管部门",
    "same_government_or_superior_justice": "本级人民政府或者上一级司法行政部门，由申请人选择",
    "same_government_or_superior_department": "本级人民政府或者上一级主管部门，由申请人选择",
    "department_or_its_government": "设立该派出机构的部门或者该部门的本级人民政府，由申请人选择",
    "itself": "该机关自身",
    "common_superior_government": "其共同上一级人民政府",
    "same_government": "本级人民政府",
    "superior_government": "上一级人民政府",
    "founding_government": "设立该派出机关的人民政府",
    "managing_government": "管理该组织的人民政府（或其部门所属的人民政府）",
    "managing_organ": "直接管理该组织的人民政府或者工作部门",
    "same_government_or_local": "本级人民政府，也可以由其所在地人民政府，由申请人选择",
    "manual_review": "须经人工确定的复议机关",
}

JURISDICTION_2023 = RuleTable(
    "jurisdiction",
    "管辖",
    labels=_LABELS,
    outcomes=JURISDICTION_ZH,
    rules=(
        Rule("J1", "垂直领导机关、税务和国家安全机关", _is("vertical"), "superior_department", L23.art(27), _USES),
        Rule("J2", "司法行政部门自身行为", _is("justice"), "same_government_or_superior_justice", L23.art(28), _USES),
        Rule("J3", "省级政府自身行为", _is("province"), "itself", L23.art(24, 2), _USES),
        Rule("J4", "国务院部门自身行为", _is("state_council_department"), "itself", L23.art(25, None, 1), _USES),
        Rule("J5", "两个以上机关共同行为", _is("joint"), "common_superior_government",
             Practice("新法未明定，参照旧法第十五条第一款第四项"), _USES),
        Rule("J6", "政府工作部门", _is("department"), "same_government", L23.art(24, 1, 1), _USES),
        Rule("J7", "下一级人民政府", _is("government"), "superior_government", L23.art(24, 1, 2), _USES),
        Rule("J8", "派出机关", _is("dispatched_organ"), "founding_government", L23.art(24, 1, 3), _USES),
        Rule("J9", "授权组织", _is("authorised"), "managing_government", L23.art(24, 1, 4), _USES),
        Rule("J10", "市级部门按行政区划设立的派出机构",
             lambda r: r.kind == "dispatched_body" and r.by_division and r.level == "city",
             "same_government_or_local", L23.art(24, 4), (*_USES, "by_division")),
        Rule("J11", "其他派出机构", _is("dispatched_body"), "same_government", L23.art(24, 4), (*_USES, "by_division")),
    ),
)  # fmt: skip

_ALWAYS_2017 = (
    Rule("K1", "垂直领导机关和国家安全机关", _is("vertical"), "superior_department", L17.art(12, 2), _USES),
    Rule("K2", "省级政府、国务院部门自身行为", _is("province", "state_council_department"), "itself", L17.art(14), _USES),
    Rule("K3", "共同行为", _is("joint"), "common_superior_government", L17.art(15, 1, 4), _USES),
    Rule("K4", "地方人民政府", _is("government"), "superior_government", L17.art(13, 1), _USES),
    Rule("K5", "派出机关", _is("dispatched_organ"), "founding_government", L17.art(15, 1, 1), _USES),
)  # fmt: skip

JURISDICTION_2017 = RuleTable(
    "jurisdiction",
    "管辖",
    labels=_LABELS,
    outcomes=JURISDICTION_ZH,
    rules=(
        *_ALWAYS_2017,
        Rule("K6", "派出机构", _is("dispatched_body"), "same_government",
             both(L17.art(15, 1, 2), _CONCENTRATED), _USES),
        Rule("K7", "授权组织", _is("authorised"), "managing_government", both(L17.art(15, 1, 3), _CONCENTRATED), _USES),
        Rule("K8", "政府工作部门", _is("department", "justice"), "same_government",
             both(L17.art(12, 1), _CONCENTRATED), _USES),
    ),
)  # fmt: skip

JURISDICTION_CHOICE = RuleTable(
    "jurisdiction",
    "管辖",
    labels=_LABELS,
    outcomes=JURISDICTION_ZH,
    rules=(
        *_ALWAYS_2017,
        Rule("K6", "派出机构", _is("dispatched_body"), "department_or_its_government", L17.art(15, 1, 2), _USES),
        Rule("K7", "授权组织", _is("authorised"), "managing_organ", L17.art(15, 1, 3), _USES),
        Rule("K8", "政府工作部门", _is("department", "justice"), "same_government_or_superior_department",
             L17.art(12, 1), _USES),
    ),
)  # fmt: skip

# What to cite about an organ whose nature no rule knows.
_NOT_OURS: dict[str, Source] = {"2023": L23.art(30, 1, 6), "2017": L17.art(17, 1)}
# Never a case of a local government: the applicant is told where to go.
ELSEWHERE = frozenset({"superior_department"})


def jurisdiction_finding(respondent: Respondent, version: str, received_on: date | None = None) -> Finding:
    """Which organ is competent, by which article (L23 24–28; L17 12–15).

    received_on  decides for the law of 2017 whether the applicant still had a choice; None: as concentrated.
    """
    if version == "2023":
        return JURISDICTION_2023.find(respondent)
    chosen = received_on is not None and received_on < CONCENTRATED_SINCE
    return (JURISDICTION_CHOICE if chosen else JURISDICTION_2017).find(respondent)


class Incompetent(NamedTuple):
    """Why the organ asked is not competent: about whom, who is instead, and the article."""

    respondent: str
    competent: str
    cite: Source


def incompetence(
    here: str | None, rows: Iterable[Mapping[str, Any]], version: str, received_on: date | None = None
) -> Incompetent | None:
    """Why organ `here` is not competent for these respondents; None: competent, or nothing known against it.

    rows  of the register of organs: id, kind, level, by_division, competent (organs named by the register), names (of these).
    """
    known = list(rows)
    if not known:
        return None
    first, competent = known[0], _common(known)
    kind = "joint" if len(known) > 1 else str(first["kind"])
    about = Respondent(kind, str(first.get("level", "")), bool(first.get("by_division")))
    finding = jurisdiction_finding(about, version, received_on)
    outside = finding.outcome in ELSEWHERE and here not in competent
    if not outside and (here is None or not competent or here in competent):
        return None
    names = first.get("names", {})
    named = (
        "、".join(dict.fromkeys(names.get(code, code) for code in competent))
        or JURISDICTION_ZH[finding.outcome]
    )
    cite = finding.cite or _NOT_OURS[version]
    return Incompetent("、".join(str(row["id"]) for row in known), named, cite)


def _common(rows: list[Mapping[str, Any]]) -> tuple[str, ...]:
    """Organs competent for all respondents, in the order of the first row."""
    first, *others = (tuple(row.get("competent", ())) for row in rows)
    return tuple(organ for organ in first if all(organ in other for other in others))
