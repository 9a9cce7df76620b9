"""Rule tables: an answer is a finding that keeps every rule tried, its inputs, its article and its outcome."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from yifa.law.citation import Source


class Tried(NamedTuple):
    """One rule as tried: whether it held, and the inputs it looked at."""

    rule: str
    title: str
    holds: bool
    inputs: Mapping[str, Any]
    cite: Source


class Finding(NamedTuple):
    """The result of a table: outcome, the decisive rule with its article, and all rules tried in order."""

    table: str
    outcome: str
    decisive: str
    cite: Source | None
    tried: tuple[Tried, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `test` on the subject; when it holds the outcome is `outcome` (None: noted, not decisive).

    uses  attribute names of the subject that the test looks at; kept in the finding and printed.
    """

    code: str
    title: str
    test: Callable[[Any], bool]
    outcome: str | None
    cite: Source
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleTable:
    """Rules tried in order. The first that holds and has an outcome decides; with `all_tried` the rest are tried too.

    otherwise  outcome when none decides; labels, names, outcomes  Chinese for inputs, coded values and outcomes, for printing.
    """

    code: str
    title: str
    rules: tuple[Rule, ...]
    otherwise: str = "manual_review"
    all_tried: bool = False
    labels: Mapping[str, str] | None = None
    names: Mapping[str, str] | None = None
    outcomes: Mapping[str, str] | None = None

    def find(self, subject: Any) -> Finding:
        """Run the table on `subject`."""
        tried: list[Tried] = []
        decisive: Rule | None = None
        for rule in self.rules:
            holds = rule.test(subject)
            inputs = {name: getattr(subject, name) for name in rule.uses}
            tried.append(Tried(rule.code, rule.title, holds, inputs, rule.cite))
            if holds and decisive is None and rule.outcome is not None:
                decisive = rule
                if not self.all_tried:
                    break
        if decisive is None:
            return Finding(self.code, self.otherwise, "", None, tuple(tried))
        return Finding(self.code, decisive.outcome or "", decisive.code, decisive.cite, tuple(tried))


_OUTCOMES_ZH = {
    "pass": "符合", "fail": "不符合", "grant": "给予", "refuse": "不予", "accept": "受理", "reject": "驳回",
    "manual_review": "需人工判断",
}  # fmt: skip


def explain(table: RuleTable, finding: Finding) -> tuple[str, ...]:
    """The finding in plain Chinese lines, one for each rule tried and one for the result."""
    lines = [_explain_rule(table, tried, tried.rule == finding.decisive) for tried in finding.tried]
    result = outcome_zh(table, finding.outcome)
    basis = f"（{finding.cite}）" if finding.cite else ""
    return (*lines, f"结论：{result}{basis}")


def outcome_zh(table: RuleTable, outcome: str) -> str:
    """An outcome in words: the table's own, else those all tables share."""
    return (table.outcomes or {}).get(outcome) or _OUTCOMES_ZH.get(outcome, outcome)


def _explain_rule(table: RuleTable, tried: Tried, decisive: bool) -> str:
    labels, names = table.labels or {}, table.names or {}
    inputs = "，".join(
        f"{labels.get(name, name)}：{show(value, names)}" for name, value in tried.inputs.items()
    )
    mark = "是" if tried.holds else "否"
    tail = "，据此认定" if decisive else ""
    return (
        f"{tried.rule} {tried.title}：{mark}{tail}"
        + (f"（{inputs}）" if inputs else "")
        + f" 依据 {tried.cite}"
    )


def show(value: Any, names: Mapping[str, str] | None = None) -> str:
    """A value for Chinese readers; `names` translates coded values."""
    if value is None:
        return "未填"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (tuple, list, set, frozenset)):
        return "、".join(sorted(show(v, names) for v in value)) or "无"
    return (names or {}).get(str(value), str(value))
