"""`yifa eligibility FILE`: the legal-aid rules on an applicant described in YAML, explained in plain Chinese."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click
import yaml

from yifa import registry
from yifa.language.forms import validate_partial
from yifa.language.messages import render
from yifa.language.rules import Finding, RuleTable, explain
from yifa.lines.legal_aid import LEGAL_AID
from yifa.lines.legal_aid.eligibility import ELIGIBILITY, MEANS_TEST, applicant
from yifa.lines.legal_aid.inputs import Receipt


@click.command("eligibility")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
def command(file: Path, json_: bool) -> None:
    """按法律援助条件逐条核对申请人情况，说明每条规则的结果和依据。

    文件为 YAML，字段同收件登记（kind、matter_code、household、assets、groups、received_at 等）。
    """
    data = _read(file)
    day = data.get("received_at") or data.get("first_received_on")
    if day is None:
        raise click.ClickException("缺少“received_at”（收到申请的日期）：经济困难标准按该日确定")
    plain = date(day.year, day.month, day.day)
    found = applicant(data, plain, registry.env_of(LEGAL_AID).parameters)
    findings = [(table, table.find(found)) for table in (ELIGIBILITY, MEANS_TEST)]
    click.echo(
        json.dumps([_json(t, f) for t, f in findings], ensure_ascii=False, indent=1)
        if json_
        else _text(findings)
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise click.ClickException(f"{file}：不是有效的 YAML（{error}）") from None
    if not isinstance(raw, dict):
        raise click.ClickException(f"{file}：应为键值对")
    data, problems = validate_partial(Receipt, {str(key): value for key, value in raw.items()})
    if problems:
        raise click.ClickException(
            f"{file}：\n" + "\n".join(f"  {render(p, LEGAL_AID.messages)}" for p in problems)
        )
    return dict(data)


def _text(findings: list[tuple[RuleTable, Finding]]) -> str:
    parts = []
    for table, finding in findings:
        parts.append("\n".join((f"【{table.title}】", *(f"  {line}" for line in explain(table, finding)))))
    return "\n".join(parts)


def _json(table: RuleTable, finding: Finding) -> dict[str, Any]:
    return {
        "table": table.code,
        "outcome": finding.outcome,
        "decisive": finding.decisive,
        "cite": str(finding.cite or ""),
        "tried": [
            {
                "rule": t.rule,
                "holds": t.holds,
                "cite": str(t.cite),
                "inputs": {k: _plain(v) for k, v in t.inputs.items()},
            }
            for t in finding.tried
        ],
        "reasons": list(explain(table, finding)),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return value if isinstance(value, bool | int | str | None) else str(value)
