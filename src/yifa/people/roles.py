"""The roles an account can hold, and the power each belongs to. Pure.

三员分立: system, security and audit administration are three powers that never meet in one account, nor with business
(GB/T 22239-2019 8.1.5: system, audit and security management; the separation itself is practice of 等级保护 and 分级保护).
"""

from enum import StrEnum
from typing import NamedTuple


class Power(StrEnum):
    """What kind of account it is. An account has one power for life."""

    BUSINESS = "business"
    SYSTEM = "system_admin"
    SECURITY = "security_admin"
    AUDIT = "audit_admin"


ADMINS = frozenset({Power.SYSTEM, Power.SECURITY, Power.AUDIT})


class Role(NamedTuple):
    """A role: its code in lines and permissions, its Chinese name, its power."""

    code: str
    title: str
    power: Power = Power.BUSINESS


_ALL = (
    Role("window_clerk", "窗口收件人员"),
    Role("city_window_clerk", "全市通办窗口人员"),
    Role("clerk", "内勤"),
    Role("handler", "承办人"),
    Role("reviewer", "审查人员"),
    Role("section_head", "处（科）室负责人"),
    Role("body_head", "机构负责人"),
    Role("agency_head", "法律援助机构负责人"),
    Role("organ_head", "机关负责人"),
    Role("assigner", "指派岗"),
    Role("aid_person", "法律援助人员"),
    Role("duty_lawyer", "值班律师"),
    Role("firm", "承办机构"),
    Role("assessor", "质量评估员"),
    Role("finance", "财务人员"),
    Role("bureau", "司法行政部门监督人员"),
    Role("district_bureau", "区司法局指导监督人员"),
    Role("superior", "上级机关监督人员"),
    Role("mediator", "人民调解员"),
    Role("grid_mediator", "综合网格员（兼职调解员）"),
    Role("committee_head", "人民调解委员会主任"),
    Role("justice_office", "司法所工作人员"),
    Role("coordinator", "应诉机构统筹人员"),
    Role("lead_organ", "承办机关应诉人员"),
    Role("archivist", "档案管理人员"),
    Role("statistician", "统计人员"),
    Role("system_admin", "系统管理员", Power.SYSTEM),
    Role("security_admin", "安全管理员", Power.SECURITY),
    Role("audit_admin", "审计管理员", Power.AUDIT),
)
ROLES = {role.code: role for role in _ALL}
BUSINESS_ROLES = frozenset(code for code, role in ROLES.items() if role.power is Power.BUSINESS)
