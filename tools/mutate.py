"""Mutation score of guards and periods: change the code in small ways and see whether the tests notice.

    python tools/mutate.py [MODULE…] [--sample N] [--jobs N]

A mutant is killed when a test fails, or runs away (in CPU time). The tests of a group are collected and traced once; a
mutant then runs, in a fork, only the tests that call the function it changes. What import itself does (tables, constants)
is tried by importing anew, with all tests of the group. Survivors are printed; those that no test could tell from the
original stand in tools/equivalents.yaml with the reason and do not count. Exit code 1 if a module is below the goal.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import NamedTuple

import yaml
from mutants import Subject, subject
from trial import survivors

ROOT = Path(__file__).resolve().parent.parent
GOAL = 85
# The tests that are to notice, and the modules they are to notice changes of.
GROUPS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("tests/law", "tests/engine/test_derive.py"): ("law/periods.py", "law/derivations.py"),
    ("tests/lines/reconsideration",): (
        "lines/reconsideration/guards.py",
        "lines/reconsideration/guards_review.py",
        "lines/reconsideration/guards_after.py",
        "lines/reconsideration/jurisdiction.py",
        "lines/reconsideration/grounds.py",
        "lines/reconsideration/tables.py",
    ),
    ("tests/lines/legal_aid",): (
        "lines/legal_aid/guards.py",
        "lines/legal_aid/guards_conduct.py",
        "lines/legal_aid/eligibility.py",
        "lines/legal_aid/assignment.py",
        "lines/legal_aid/means.py",
        "lines/legal_aid/commitments.py",
        "lines/legal_aid/quality.py",
        "lines/legal_aid/roster.py",
        "lines/legal_aid/subsidy.py",
    ),
    ("tests/lines/mediation",): (
        "lines/mediation/guards.py",
        "lines/mediation/guards_conduct.py",
        "lines/mediation/routing.py",
        "lines/mediation/confirmation.py",
        "lines/mediation/subsidy.py",
    ),
    ("tests/lines/litigation",): (
        "lines/litigation/guards_intake.py",
        "lines/litigation/guards_court.py",
        "lines/litigation/guards_after.py",
        "lines/litigation/tables.py",
    ),
}


class Score(NamedTuple):
    """A module with its mutants: killed, tried, left out as equivalent."""

    module: str
    killed: int
    tried: int
    equivalent: int

    @property
    def percent(self) -> float:
        """Of the mutants tried; a module without any is at its best."""
        return 100 * self.killed / self.tried if self.tried else 100.0

    def __str__(self) -> str:
        return f"{self.module:40} {self.tried:7} {self.killed:7} {self.percent:6.1f} % {self.equivalent:10}"


def measure(tests: tuple[str, ...], subjects: list[Subject], jobs: int) -> list[Score]:
    """The scores of a group; survivors are printed."""
    scores = []
    for about, living in zip(subjects, survivors(tests, subjects, jobs), strict=True):
        for mutant in living:
            print(f"survived  {about.module}:{mutant.line}  {mutant.what}  in  {mutant.text}")
        tried = len(about.mutants)
        scores.append(Score(about.module, tried - len(living), tried, about.equivalent))
        print(scores[-1], flush=True)
    return scores


def equivalents(path: Path) -> dict[str, set[tuple[str, str]]]:
    """Module → text and change of the mutants that no test could tell from the original; each must say why."""
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    if unreasoned := [e for entries in listed.values() for e in entries if not e.get("because")]:
        sys.exit(f"listed as equivalent without a reason: {unreasoned}")
    return {module: {(e["text"], e["change"]) for e in entries} for module, entries in listed.items()}


def table(scores: list[Score]) -> str:
    """Module, mutants, killed, score, equivalents left out; the sum last."""
    total = Score("all", *(sum(getattr(s, name) for s in scores) for name in Score._fields[1:]))
    head = f"{'module':40} {'mutants':>7} {'killed':>7} {'score':>8} {'equivalent':>10}"
    return "\n".join([head, *(str(score) for score in (*scores, total))])


def main(arguments: list[str]) -> int:
    """Measure, print; exit code 1 if a module is below the goal."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("modules", nargs="*", help="like lines/mediation/guards.py (default: all)")
    parser.add_argument("--sample", type=int, default=0, help="at most so many mutants of a module (0: all)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(arguments)
    known = [module for modules in GROUPS.values() for module in modules]
    if unknown := set(asked.modules) - set(known):
        parser.error(f"not among the modules measured: {', '.join(sorted(unknown))}")
    equal, scores = equivalents(ROOT / "tools/equivalents.yaml"), []
    os.chdir(ROOT)
    for tests, modules in GROUPS.items():
        chosen = [m for m in modules if m in (asked.modules or known)]
        subjects = [subject(ROOT / "src/yifa", m, asked.sample, equal.get(m, ())) for m in chosen]
        scores += measure(tests, subjects, asked.jobs) if subjects else []
    print("", table(scores), sep="\n")
    return 0 if all(score.percent >= GOAL for score in scores) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
