"""`yifa eligibility FILE`: the legal-aid rules on an applicant described in YAML, explained in plain Chinese."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click
import yaml

from yifa import registry
from yifa.language.acts import Problem
from yifa.language.forms import validate_partial
from yifa.language.messages import render
from yifa.language.rules import Finding, RuleTable, explain
from yifa.lines.legal_aid import LEGAL_AID
from yifa.lines.legal_aid.eligibility import CRIMINAL_KINDS, MATTERS, Applicant, applicant, tables_of
from yifa.lines.legal_aid.inputs import Receipt
from yifa.lines.legal_aid.law import GDH, LAL


@click.command("eligibility")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
def command(file: Path, json_: bool) -> None:
    """按法律援助条件逐条核对申请人情况，说明每条规则的结果和依据。

    文件为 YAML，字段同收件登记（kind、matter_code、household、assets、groups、received_at 等）。
    """
    data = _read(file)
    day = data.get("first_received_on") or data["received_at"]
    plain = date(day.year, day.month, day.day)
    found = applicant(data, plain, registry.env_of(LEGAL_AID).parameters)
    means, eligibility = tables_of(LEGAL_AID.version_for(plain))
    findings = [(table, table.find(found)) for table in (eligibility, means)]
    if found.matter is not None and found.matter not in (*MATTERS, *found.local_matters):
        click.echo(_unlisted(found), err=True)
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
    problems = (*problems, *_missing(raw))
    if problems:
        raise click.ClickException(
            f"{file}：\n" + "\n".join(f"  {render(p, LEGAL_AID.messages)}" for p in problems)
        )
    return dict(data)


def _missing(raw: Mapping[str, Any]) -> Iterator[Problem]:
    """What the rules cannot be tried without."""
    if raw.get("received_at") is None and raw.get("first_received_on") is None:
        yield Problem(
            "field_missing", {"title": "received_at 收到申请的日期（经济困难标准按该日确定）"}, GDH.art(3, 1)
        )
    if raw.get("kind") is None:
        yield Problem("field_missing", {"title": "kind 事项种类"}, LAL.art(22))
    told = ("matter_code", "notice_ground", "no_condition_ground")
    if raw.get("kind") not in CRIMINAL_KINDS and all(raw.get(name) is None for name in told):
        yield Problem("field_missing", {"title": "matter_code 事项代码"}, LAL.art(31))


def _unlisted(found: Applicant) -> str:
    known = "，".join(f"{code} {title}" for code, (title, _) in MATTERS.items())
    return f"注意：“{found.matter}”不是法律所列事项的代码，按范围以外的事项核对。所列事项：{known}"


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
