"""Local values of litigation: dated, with their source. The city may override each."""

from datetime import date
from typing import Any

from yifa.language.records import ParameterDeclaration, ParameterValue

_LOCAL = "应诉工作内部规则默认值（待局方确认）"


def _one(code: str, title: str, unit: str, value: Any) -> ParameterDeclaration:
    return ParameterDeclaration(code, title, unit, (ParameterValue(date(2012, 1, 1), value, _LOCAL),))


PARAMETERS = (
    _one("litigation_draft_days", "答辩稿提前报送", "工作日", 5),
    _one("litigation_officer_days", "开庭前确定出庭负责人", "工作日", 3),
    _one("litigation_mediation_days", "行政争议调解期限", "日", 30),
    _one("litigation_suggestion_days", "未载明期限的司法建议回复", "日", 60),
)
