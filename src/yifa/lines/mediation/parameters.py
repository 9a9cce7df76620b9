"""Values of mediation that a city sets (domain §8); defaults are to be confirmed by the bureau."""

from datetime import date
from typing import Any

from yifa.language.records import ParameterDeclaration, ParameterValue

_START = date(2023, 1, 1)
_LOCAL = "本地默认值，待局方确认"


def _one(code: str, title: str, unit: str, value: Any, since: date = _START, source: str = _LOCAL) -> ParameterDeclaration:  # fmt: skip
    return ParameterDeclaration(code, title, unit, (ParameterValue(since, value, source),))


# Disputes for which a committee of the trade exists in the city; editable, never code.
SPECIALISED = {
    "medical": "医疗纠纷人民调解委员会",
    "traffic": "道路交通事故人民调解委员会",
    "property": "物业纠纷人民调解委员会",
    "labour": "劳动争议人民调解委员会",
}
ALERTS = (15, 5)
FOLLOW_UP = {"after_performance": 7, "after_effect": 30}

PARAMETERS = (
    _one("mass_dispute_min", "群体性纠纷人数", "人", 10),
    _one("mediation_term_general", "一般调解期限", "个月", 1, date(2002, 11, 1), "人民调解工作若干规定第三十三条：一般在一个月内"),
    _one("follow_up_days", "履行后回访", "日", FOLLOW_UP["after_performance"]),
    _one("follow_up_effect_days", "协议生效后回访", "日", FOLLOW_UP["after_effect"]),
    _one("risk_report_hours", "激化情况报告", "小时", 2),
    _one("admin_accept_days", "行政调解受理", "工作日", 5),
    _one("admin_term_days", "行政调解办结", "日", 30),
    _one("route_alert_days", "其他途径期限提醒", "日", ALERTS),
    _one("mediation_routing_list", "专业调委会", "纠纷类型", SPECIALISED),
    _one("mediation_subsidy_table", "以案定补标准", "元", None, source="须由局方载入：等次与金额"),
)  # fmt: skip
