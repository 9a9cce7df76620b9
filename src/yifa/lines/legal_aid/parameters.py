"""Local values of legal aid: dated, with their source (domain §5). The city may override each."""

from datetime import date
from decimal import Decimal
from typing import Any

from yifa.language.records import ParameterDeclaration, ParameterValue

_START = date(2022, 1, 1)
_LOCAL = "本地参数默认值（待局方确认）"


def _one(
    code: str, title: str, unit: str, value: Any, since: date = _START, source: str = _LOCAL
) -> ParameterDeclaration:
    return ParameterDeclaration(code, title, unit, (ParameterValue(since, value, source),))


# Lowest score of each grade (domain §10, default to be set by the bureau).
GRADES = {"excellent": 90, "good": 75, "pass": 60}

PARAMETERS = (
    ParameterDeclaration(
        "hardship_standard", "经济困难标准", "元/人月",
        (
            ParameterValue(date(2022, 1, 1), Decimal(3100), "2021年城镇居民人均可支配收入74416元÷24（推算）"),
            ParameterValue(date(2023, 1, 1), Decimal(3202), "2023年度工作报告；76849元×50%÷12", "text"),
            # The standard follows the income of the year before; later years must be loaded.
            ParameterValue(date(2024, 1, 1), Decimal(3354), "2023年城镇居民人均可支配收入80501元÷24（推算）"),
        ),
    ),
    ParameterDeclaration(
        "hardship_standard_b", "支出型困难收入上限", "元/人月",
        (
            ParameterValue(date(2022, 1, 1), Decimal(6201), "74416元÷12（推算）"),
            ParameterValue(date(2023, 1, 1), Decimal(6404), "76849元÷12"),
            ParameterValue(date(2024, 1, 1), Decimal(6708), "80501元÷12（推算）"),
        ),
    ),
    _one("extra_matters", "地方补充事项", "事项", ()),
    _one("mean_floor_area", "人均住房面积", "平方米", Decimal("34.61")),
    _one("aid_load_limit", "每名承办人在办上限", "件", 20),
    _one("supplement_days", "补充材料期限", "日", 10),
    _one("aid_first_makeup_days", "先行提供后补办期限", "日", 10),
    _one("commit_check_rate", "承诺抽查比例", "%", 10),
    _one("commit_check_days", "承诺抽查期限", "日", 30),
    _one("citywide_mode", "市域通办方式", "transfer/decide", "transfer"),
    _one("citywide_transfer_days", "市域通办转送", "工作日", 1),
    _one("subsidy_pay_days", "补贴支付期限", "日", 30),
    _one("contact_days", "约见受援人", "工作日", 5),
    _one("complaint_days", "投诉处理", "日", 60),
    _one("objection_window", "提出异议的期限", "日", None, source="法律援助法第四十九条未规定期限"),
    _one("review_gap", "两名评估员分差上限", "分", 10),
    _one("quality_grades", "质量等次分数线", "分", GRADES),
    _one("subsidy_table", "补贴标准", "元", None, source="须由局方载入：种类、阶段、地区；省定标准为最低标准"),
)  # fmt: skip
