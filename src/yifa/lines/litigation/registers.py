"""Registers 名录 of litigation (domain §10). Mediators and stations for administrative disputes are owned here."""

from datetime import date
from typing import Literal

from pydantic import Field

from yifa.language.records import Entry, Move, Register
from yifa.law.citation import Practice, both
from yifa.lines.litigation.law import INT, L23, MEDIATION_RULES, OFFICERS, PIL, SUG, TRACKING


class Court(Entry):
    """法院."""

    code: str = Field(title="法院代码")
    name: str = Field(title="名称")
    level: Literal["basic", "intermediate", "high", "supreme"] = Field(title="层级")
    cross_region: bool = Field(False, title="跨行政区域管辖行政案件")


class Officer(Entry):
    """出庭负责人."""

    organ: str = Field(title="机关")
    staff_no: str = Field(title="人员编号")
    name: str = Field(title="姓名")
    post: str = Field(title="职务")
    kind: Literal["principal", "deputy", "deputy_level", "in_charge"] = Field(title="类别")


class Mediator(Entry):
    """行政争议调解员."""

    mediator_no: str = Field(title="调解员编号")
    name: str = Field(title="姓名")
    profession: str | None = Field(None, title="职业")
    station: str | None = Field(None, title="所在工作站")
    appointed_on: date = Field(title="聘任日期")
    term_end: date | None = Field(None, title="任期届满日期")
    people_mediator_no: str | None = Field(None, title="兼任人民调解员的编号")


class MediationOrganisation(Entry):
    """行政争议调解组织."""

    code: str = Field(title="编号")
    name: str = Field(title="名称")
    kind: Literal["people", "industry", "association", "firm", "other"] = Field(title="性质")
    contact: str | None = Field(None, title="联系方式")
    appointed_on: date = Field(title="选聘日期")


class Station(Entry):
    """行政争议调解中心工作站、工作室."""

    code: str = Field(title="编号")
    name: str = Field(title="名称")
    kind: Literal["centre", "station", "studio"] = Field(title="种类")
    district: str | None = Field(None, title="所在区")
    subject: str | None = Field(None, title="专业领域")
    opened_on: date = Field(title="设立日期")


class SuggestionRow(Entry):
    """司法、检察建议台账."""

    number: str = Field(title="编号")
    kind: Literal["normative", "governance", "other", "procuratorial"] = Field(title="种类")
    sender: str = Field(title="来函机关")
    received_on: date = Field(title="收到日期")
    due: date | None = Field(None, title="回复期限")
    replied_on: date | None = Field(None, title="回复日期")
    adopted: Literal["yes", "part", "no"] | None = Field(None, title="采纳情况")


class LostCase(Entry):
    """败诉台账."""

    case_no: str = Field(title="应诉案号")
    cause: str = Field(title="败诉原因")
    responsible_organ: str = Field(title="责任机关")
    rectification: str | None = Field(None, title="整改情况")
    rectified_on: date | None = Field(None, title="整改完成日期")


class EntrustedLawyer(Entry):
    """委托律师: the lawyer himself stands in the register of permits."""

    licence: str = Field(title="执业证号（见行政许可条线）")
    case_no: str = Field(title="应诉案号")
    organ: str = Field(title="委托机关")


class Mechanism(Entry):
    """应诉机制: a name and configurable items, as the bureau words them."""

    name: str = Field(title="名称")
    items: list[str] = Field(default_factory=list, title="内容（逐项）")
    document: str | None = Field(None, title="文件")


_LIST = Practice("名录管理规则")
OFFICE = ("coordinator", "section_head")


def _moves(*steps: tuple[str, str, tuple[str, ...], str]) -> tuple[Move, ...]:
    return tuple(Move(code, title, from_, to, _LIST) for code, title, from_, to in steps)


REGISTERS = (
    Register("courts", "法院", Court, ("code",), {"active": "在用", "ended": "停用"}, _moves(("end", "停用", ("active",), "ended")),
             OFFICE, ("code", "name", "level", "cross_region"), (), _LIST),
    Register("officers", "出庭负责人", Officer, ("organ", "staff_no"), {"active": "在任", "left": "离任"},
             _moves(("leave", "离任", ("active",), "left")), OFFICE, ("organ", "post", "kind"), ("name",), OFFICERS, organ="organ"),
    Register("mediators", "行政争议调解员", Mediator, ("mediator_no",),
             {"appointed": "在聘", "expired": "届满", "removed": "解聘"},
             _moves(("expire", "届满", ("appointed",), "expired"), ("remove", "解聘", ("appointed",), "removed"),
                    ("reappoint", "续聘", ("expired",), "appointed")), OFFICE, ("profession", "station", "appointed_on"), ("name",),
             MEDIATION_RULES),
    Register("mediation_orgs", "行政争议调解组织", MediationOrganisation, ("code",), {"active": "在聘", "ended": "终止"},
             _moves(("end", "终止", ("active",), "ended")), OFFICE, ("code", "name", "kind", "appointed_on"), (), MEDIATION_RULES),
    Register("stations", "行政争议调解中心工作站、工作室", Station, ("code",), {"open": "运行", "closed": "停止"},
             _moves(("close", "停止", ("open",), "closed"), ("reopen", "恢复", ("closed",), "open")), OFFICE,
             ("code", "name", "kind", "district", "subject"), (), MEDIATION_RULES),
    Register("suggestions", "司法、检察建议台账", SuggestionRow, ("number",), {"open": "待回复", "replied": "已回复"},
             _moves(("reply", "回复", ("open",), "replied")), ("coordinator", "handler"), (), (),
             both(INT.art(149, 4), SUG.art(8), PIL.art(21))),
    Register("lost_cases", "败诉台账", LostCase, ("case_no",), {"open": "整改中", "rectified": "已整改"},
             _moves(("rectify", "整改完成", ("open",), "rectified")), ("coordinator", "handler"), (), (), TRACKING),
    Register("entrusted_lawyers", "委托律师", EntrustedLawyer, ("licence", "case_no"), {"active": "代理中", "ended": "已结束"},
             _moves(("end", "结束", ("active",), "ended")), OFFICE, (), (), INT.art(128, 2)),
    Register("mechanisms", "应诉机制", Mechanism, ("name",), {"active": "施行", "ended": "停止"},
             _moves(("end", "停止", ("active",), "ended")), OFFICE, ("name", "items", "document"), (), L23.art(4, 2)),
)  # fmt: skip
