"""Registers 名录 owned by permits for every line (domain §10): lawyers of all types, and law firms.

What changes over the years (firm, grade, penalties) is not a list in the row: the register keeps its history.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from yifa.language.records import Entry, Move, Register
from yifa.law.citation import both
from yifa.lines.permits.law import LL, PUBLISHED, TAKEN_BACK


class LawyerRow(Entry):
    """律师: full-time, part-time, public, company, legal-aid, from Hong Kong, Macao or Taiwan, Greater Bay Area."""

    licence: str = Field(title="执业证号", min_length=4, max_length=20)
    name: str = Field(title="姓名", min_length=1)
    sex: Literal["female", "male"] | None = Field(None, title="性别")
    id_number: str | None = Field(None, title="证件号码")
    kind: Literal[
        "full_time", "part_time", "public", "company", "legal_aid", "hk_macao_taiwan", "greater_bay"
    ] = Field("full_time", title="类别")
    first_licensed: date | None = Field(None, title="首次执业日期")
    firm: str | None = Field(None, title="执业机构（统一社会信用代码）")
    unit: str | None = Field(None, title="所在单位（公职、公司律师）")
    enterprise: str | None = Field(None, title="企业统一社会信用代码（公司律师）")
    ownership: Literal["state", "private", "foreign", "other"] | None = Field(None, title="企业所有制")
    qualification: str | None = Field(None, title="法律职业资格证号")
    suspended_from: date | None = Field(None, title="停止执业自")
    suspended_to: date | None = Field(None, title="停止执业至")
    penalty: str | None = Field(None, title="处罚")
    yearly_grade: Literal["competent", "basically_competent", "incompetent"] | None = Field(
        None, title="年度考核"
    )
    graded_for: int | None = Field(None, title="考核年度", ge=1980, le=2100)


class FirmRow(Entry):
    """律师事务所, joint firms with Hong Kong and Macao too."""

    uscc: str = Field(title="统一社会信用代码", pattern=r"^31[0-9A-Z]{16}$")
    name: str = Field(title="名称")
    form: Literal["partnership", "special_partnership", "individual", "state_funded", "joint"] = Field(
        title="组织形式"
    )
    head: str | None = Field(None, title="负责人")
    partners: list[str] = Field(default_factory=list, title="合伙人")
    address: str | None = Field(None, title="地址")
    district: str | None = Field(None, title="所在区")
    licensed_on: date | None = Field(None, title="执业许可日期")
    branch_of: str | None = Field(None, title="总所（统一社会信用代码）")
    assets: Decimal | None = Field(None, title="资产（元）", ge=0)
    parties: list[str] = Field(default_factory=list, title="联营各方")
    contribution: str | None = Field(None, title="出资")
    scope: str | None = Field(None, title="联营业务范围")
    penalty: str | None = Field(None, title="处罚")
    yearly_result: Literal["qualified", "unqualified"] | None = Field(None, title="年度检查考核")
    checked_for: int | None = Field(None, title="考核年度", ge=1980, le=2100)


OFFICE = ("section_head", "body_head", "bureau")

REGISTERS = (
    Register(
        "lawyers", "律师名录", LawyerRow, ("licence",),
        {"practising": "执业", "suspended": "停止执业", "cancelled": "注销", "revoked": "吊销"},
        (Move("suspend", "停止执业处罚", ("practising",), "suspended", both(LL.art(47), LL.art(48), LL.art(49), LL.art(51)),
              requires=("suspended_from", "suspended_to", "penalty")),
         Move("resume", "期满恢复执业", ("suspended",), "practising", LL.art(51)),
         Move("cancel", "注销", ("practising", "suspended"), "cancelled", both(LL.art(9), TAKEN_BACK)),
         Move("revoke", "吊销执业证书", ("practising", "suspended"), "revoked", both(LL.art(49), LL.art(51)))),
        OFFICE, ("licence", "name", "kind", "firm"), ("id_number", "qualification"), both(LL.art(10), PUBLISHED),
        kinds={"qualification": "licence"},
    ),
    Register(
        "firms", "律师事务所名录", FirmRow, ("uscc",),
        {"practising": "执业", "suspended": "停业整顿", "closed": "终止", "revoked": "吊销"},
        (Move("suspend", "停业整顿处罚", ("practising",), "suspended", LL.art(50), requires=("penalty",)),
         Move("resume", "期满恢复", ("suspended",), "practising", LL.art(50)),
         Move("close", "终止", ("practising", "suspended"), "closed", LL.art(22)),
         Move("revoke", "吊销执业证书", ("practising", "suspended"), "revoked", LL.art(50))),
        OFFICE, ("uscc", "name", "form", "head", "address", "district", "licensed_on"), (), both(LL.art(14), LL.art(18), PUBLISHED),
    ),
)  # fmt: skip
