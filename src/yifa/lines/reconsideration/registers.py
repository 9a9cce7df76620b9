"""Registers 名录 of reconsideration (domain §10). Administrative organs are owned here for every line."""

from datetime import date
from typing import Literal

from pydantic import Field

from yifa.language.records import Entry, Move, Register
from yifa.law.citation import Practice, Source
from yifa.lines.reconsideration.law import L23, REG


class Organ(Entry):
    """行政机关."""

    code: str = Field(title="机关代码")
    name: str = Field(title="名称")
    level: Literal["province", "city", "district", "town"] = Field(title="层级")
    parent: str | None = Field(None, title="上级")
    kind: Literal[
        "department",
        "government",
        "dispatched_organ",
        "dispatched_body",
        "authorised",
        "vertical",
        "justice",
        "legal_aid",
        "province",
        "state_council_department",
    ] = Field(title="性质")
    by_division: bool = Field(False, title="按行政区划设立的派出机构")
    competent: list[str] = Field(default_factory=list, title="有管辖权的复议机关")
    review_body: str | None = Field(None, title="复议机构")
    successor: str | None = Field(None, title="承继机关")
    contact: str | None = Field(None, title="联系方式")


class HandlerRow(Entry):
    """行政复议人员."""

    staff_no: str = Field(title="人员编号")
    name: str = Field(title="姓名")
    certificate: str | None = Field(None, title="证件号")
    qualified: bool = Field(title="法律职业资格")
    trained_on: date | None = Field(None, title="岗前培训日期")
    unit: str = Field(title="所在机构")


class Window(Entry):
    """接待窗口."""

    code: str = Field(title="窗口代码")
    name: str | None = Field(None, title="名称")
    organ: str | None = Field(None, title="所属机关")
    district: str = Field(title="所在区")
    address: str | None = Field(None, title="地址")
    hours: str | None = Field(None, title="办公时间")


class CommitteeMember(Entry):
    """行政复议委员会委员."""

    member_no: str = Field(title="委员编号")
    name: str = Field(title="姓名")
    kind: Literal["department", "expert", "scholar"] = Field(title="类别")
    field: str | None = Field(None, title="领域")


class OpinionRow(Entry):
    """意见书、建议书台账."""

    number: str = Field(title="文号")
    kind: Literal["opinion", "suggestion"] = Field(title="种类")
    to: str = Field(title="发往机关")
    issue: str = Field(title="问题")
    due: date | None = Field(None, title="反馈期限")
    feedback_on: date | None = Field(None, title="反馈日期")
    adopted: Literal["yes", "part", "no"] | None = Field(None, title="采纳情况")


class NormativeFinding(Entry):
    """规范性文件审查结果."""

    case_no: str = Field(title="案号")
    document: str = Field(title="文件")
    clause: str = Field(title="条款")
    result: Literal["lawful", "unlawful"] = Field(title="结论")
    action_taken: str | None = Field(None, title="处理情况")


class ReviewStandard(Entry):
    """执法复议标准、审理指引."""

    code: str = Field(title="编号")
    field: str = Field(title="领域")
    issue: str = Field(title="问题")
    standard: str = Field(title="标准")
    issued_on: date | None = Field(None, title="发布日期")
    applies_to: list[str] = Field(default_factory=list, title="适用标签")


class TypicalCase(Entry):
    """典型案例."""

    case_no: str = Field(title="案号")
    level: Literal["national", "provincial", "city"] = Field(title="级别")
    topic: str = Field(title="主题")


class DisciplineReferral(Entry):
    """移送线索、处分建议."""

    case_no: str = Field(title="案号")
    to_organ: str = Field(title="接收机关")
    facts: str = Field(title="事实")
    on: date = Field(title="移送日期")


_LIST = Practice("名录管理规则")


def _move(
    code: str,
    title: str,
    from_: tuple[str, ...],
    to: str,
    cite: Source = _LIST,
    requires: tuple[str, ...] = (),
) -> Move:
    return Move(code, title, from_, to, cite, requires)


HEADS = ("section_head", "body_head")

REGISTERS = (
    Register("organs", "行政机关名录", Organ, ("code",), {"active": "在列", "abolished": "撤销或合并"},
             (_move("abolish", "撤销或合并", ("active",), "abolished", L23.art(19, 4), ("successor",)),), HEADS,
             ("code", "name", "level", "kind", "competent"), (), L23.art(19)),
    Register("handlers", "行政复议人员", HandlerRow, ("staff_no",), {"active": "在岗", "left": "离岗"},
             (_move("leave", "离岗", ("active",), "left"),), HEADS, (), ("name", "certificate"), L23.art(6)),
    Register("windows", "接待窗口", Window, ("code",), {"active": "开放", "closed": "关闭"},
             (_move("close", "关闭", ("active",), "closed"), _move("reopen", "重新开放", ("closed",), "active")), HEADS,
             ("code", "name", "district", "address", "hours"), (), _LIST, organ="organ", shown=("active",)),
    Register("committee_members", "行政复议委员会委员", CommitteeMember, ("member_no",),
             {"appointed": "在任", "expired": "届满"}, (_move("expire", "届满", ("appointed",), "expired"),), HEADS,
             ("kind", "field"), ("name",), L23.art(52, 1), shown=("appointed",)),
    Register("opinions", "意见书建议书台账", OpinionRow, ("number",), {"open": "待反馈", "fed_back": "已反馈"},
             (_move("feed_back", "反馈", ("open",), "fed_back", L23.art(76), ("feedback_on", "adopted")),),
             ("handler",), (), (), L23.art(76)),
    Register("normative_findings", "规范性文件审查结果", NormativeFinding, ("case_no", "document", "clause"),
             {"open": "处理中", "corrected": "已纠正"},
             (_move("correct", "纠正", ("open",), "corrected", L23.art(59), ("action_taken",)),), ("handler",), (), (),
             L23.art(59)),
    Register("review_standards", "执法复议标准、审理指引", ReviewStandard, ("code",),
             {"draft": "起草", "in_force": "施行", "replaced": "废止或替代"},
             (_move("issue", "发布", ("draft",), "in_force", requires=("issued_on",)),
              _move("replace", "替代", ("in_force",), "replaced")), HEADS,
             ("code", "field", "issue", "standard"), (), _LIST, starts=("draft", "in_force"), shown=("in_force", "replaced")),
    Register("typical_cases", "典型案例", TypicalCase, ("case_no", "level"), {"proposed": "报送", "published": "发布"},
             (_move("publish", "发布", ("proposed",), "published"),), HEADS, ("level", "topic"), (), L23.art(4, 4),
             starts=("proposed", "published"), shown=("published",)),
    Register("discipline_referrals", "移送线索台账", DisciplineReferral, ("case_no", "to_organ"),
             {"sent": "已移送", "answered": "已回复"}, (_move("answer", "回复", ("sent",), "answered"),), HEADS, (), (),
             REG.art(65)),
)  # fmt: skip
