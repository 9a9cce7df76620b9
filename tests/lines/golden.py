"""Refusals held against the list of their line: code → the articles it names, read beside the law."""

from collections.abc import Collection, Iterable
from pathlib import Path

import yaml

from yifa.language.acts import Decision, Problem, Refused
from yifa.language.messages import kernel_catalogue

Golden = dict[str, list[str]]


def listed(line: str) -> Golden:
    """The list of a line."""
    golden: Golden = yaml.safe_load((Path(__file__).parent / line / "refusals.yaml").read_text("utf-8"))
    return golden


def flagged(decision: Decision) -> tuple[Problem, ...]:
    """What is refused, or allowed and warned of."""
    return decision.problems if isinstance(decision, Refused) else decision.warnings


def codes(decision: Decision, golden: Golden) -> list[str]:
    """Codes of a refusal, none if it was allowed; every article the line names must be listed."""
    for problem in flagged(decision):
        if problem.code not in kernel_catalogue():
            assert str(problem.cite) in golden.get(problem.code, ()), problem
    return [problem.code for problem in decision.problems] if isinstance(decision, Refused) else []


def unreached(
    golden: Golden, decisions: Iterable[Decision], elsewhere: Collection[str] = ()
) -> set[tuple[str, str]]:
    """Listed articles that none of the decisions names; those of codes tried elsewhere are left out."""
    named = {(problem.code, str(problem.cite)) for decision in decisions for problem in flagged(decision)}
    return {(code, cite) for code, cites in golden.items() if code not in elsewhere for cite in cites} - named
