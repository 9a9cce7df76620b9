"""Registers 名录 of legal aid (domain §10)."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from yifa.language.records import Entry, Move, Register
from yifa.law.citation import Practice, Source
from yifa.lines.legal_aid.law import COMMITMENT_RULES, LAL, PR


class PoolMember(Entry):
    """援助人员库. How many cases somebody has in hand is counted from the cases, not written here."""

    id: str = Field(title="人员编号")
    name: str = Field(title="姓名")
    role: Literal["lawyer", "grassroots", "staff", "volunteer"] = Field("lawyer", title="身份")
    firm: str | None = Field(None, title="机构")
    licence: str | None = Field(None, title="执业证号（见行政许可条线）")
    practice_start: date | None = Field(None, title="执业起始日")
    criminal_start: date | None = Field(None, title="刑事辩护起始日")
    qualified: bool = Field(True, title="具有律师或者法律职业资格")
    fields: list[str] = Field(default_factory=list, title="专长")
    languages: list[str] = Field(default_factory=list, title="语言")
    juvenile: bool = Field(False, title="熟悉未成年人")
    complaints: int = Field(0, title="投诉数", ge=0)


class DutyShift(Entry):
    """值班表: a lawyer may not sit in two places at once."""

    place: str = Field(title="地点")
    day: date = Field(title="日期")
    half: Literal["am", "pm"] = Field(title="上午或下午")
    lawyer: str = Field(title="值班律师")
    substitute: str | None = Field(None, title="替班律师")
    reason: str | None = Field(None, title="变更理由")


class Volunteer(Entry):
    """“1+1”志愿律师."""

    id: str = Field(title="人员编号")
    name: str = Field(title="姓名")
    year: int = Field(title="项目年度")
    county: str = Field(title="服务地")
    role: str | None = Field(None, title="身份")
    extended: bool = Field(False, title="延期")


class Station(Entry):
    """机构、工作站、联络点."""

    code: str = Field(title="编号")
    name: str = Field(title="名称")
    kind: Literal["agency", "station", "contact_point"] = Field(title="种类")
    organ: str | None = Field(None, title="所属机关")
    place: str = Field(title="地点")
    hours: str | None = Field(None, title="办公时间")


class Commitment(Entry):
    """告知承诺与信用记录."""

    case_no: str = Field(title="案号")
    person: str = Field(title="承诺人证件号码")
    signed_on: date = Field(title="签署日期")
    drawn: bool = Field(False, title="抽中核查")
    result: Literal["true", "false_on_purpose", "honest_mistake"] | None = Field(None, title="核查结果")
    repaired_on: date | None = Field(None, title="修复日期")


class PeerReview(Entry):
    """质量评估: two reviewers, a third where their scores lie far apart."""

    case_no: str = Field(title="案号")
    assessors: list[str] = Field(title="评估员", min_length=2)
    scores: list[Decimal] = Field(title="评分", min_length=2)
    grade: Literal["excellent", "good", "pass", "fail"] | None = Field(None, title="等次")


class Complaint(Entry):
    """投诉."""

    number: str = Field(title="编号")
    case_no: str = Field(title="案号")
    received_on: date = Field(title="收到日期")
    about: str | None = Field(None, title="被投诉人")
    result: str | None = Field(None, title="处理结果")
    told_on: date | None = Field(None, title="告知日期")


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


OFFICE = ("agency_head", "assigner")

REGISTERS = (
    Register("aid_pool", "法律援助人员库", PoolMember, ("id",), {"active": "在册", "suspended": "暂停指派", "left": "离库"},
             (_move("suspend", "暂停", ("active",), "suspended"), _move("restore", "恢复", ("suspended",), "active"),
              _move("leave", "离库", ("active", "suspended"), "left")), OFFICE, ("firm", "fields"), ("name",), PR.art(25),
             shown=("active",)),
    Register("duty_roster", "值班表", DutyShift, ("lawyer", "day", "half"), {"planned": "已排", "published": "已公布", "done": "已值班"},
             (_move("publish", "公布", ("planned",), "published"), _move("attend", "值班", ("published",), "done"),
              _move("replan", "变更", ("published",), "planned", requires=("reason",))), OFFICE, ("place", "day", "half"), (),
             LAL.art(14), starts=("planned", "published"), shown=("published", "done")),
    Register("one_plus_one", "“1+1”志愿律师", Volunteer, ("id", "year"), {"serving": "服务中", "ended": "期满"},
             (_move("end", "期满", ("serving",), "ended"),), OFFICE, ("year", "county"), ("name",), _LIST),
    Register("stations", "机构、工作站、联络点", Station, ("code",), {"open": "开放", "closed": "关闭"},
             (_move("close", "关闭", ("open",), "closed"),), OFFICE, ("name", "kind", "place", "hours"), (), LAL.art(13),
             organ="organ", shown=("open",)),
    Register("commitments", "告知承诺与失信记录", Commitment, ("case_no",), {"signed": "已承诺", "checked": "已核查", "broken": "失信", "repaired": "已修复"},
             (_move("check", "核查属实", ("signed",), "checked", COMMITMENT_RULES, ("result",)),
              _move("break", "认定失信", ("signed",), "broken", COMMITMENT_RULES, ("result",)),
              _move("repair", "修复", ("broken",), "repaired", COMMITMENT_RULES, ("repaired_on",))),
             ("reviewer",), (), ("person",), COMMITMENT_RULES, kinds={"person": "id_number"}),
    Register("peer_reviews", "质量评估", PeerReview, ("case_no",), {"open": "评估中", "graded": "已评定"},
             (_move("grade", "评定", ("open",), "graded", LAL.art(57), ("grade",)),), ("assessor",), ("grade",), (),
             LAL.art(57)),
    Register("complaints", "投诉", Complaint, ("number",),
             {"received": "收到", "accepted": "受理", "rejected": "不予受理", "investigated": "已调查", "told": "已告知"},
             (_move("accept", "受理", ("received",), "accepted", LAL.art(56)),
              _move("reject", "不予受理", ("received",), "rejected", LAL.art(56)),
              _move("investigate", "调查处理", ("accepted",), "investigated", LAL.art(56), ("result",)),
              _move("tell", "告知结果", ("investigated", "rejected"), "told", LAL.art(56), ("told_on",))),
             ("bureau",), (), ("about",), LAL.art(56), kinds={"about": "name"}),
)  # fmt: skip
