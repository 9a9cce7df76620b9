"""Mutation score of guards and periods: change the code in small ways and see whether the tests notice.

Each mutant is one change of one node: a comparison turned, a boundary moved by one, `and` for `or`, a `not` dropped,
a yielded problem left out, a number plus one. A mutant is killed when the tests of its module fail. Survivors are
printed with their line. Usage: python tools/mutate.py [MODULE…] [--sample N]; the goal is 85 %.
"""

import argparse
import ast
import copy
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
GOAL = 85
# Module under src/yifa → the tests that are to notice.
TARGETS = {
    "law/periods.py": ("tests/law/test_periods.py",),
    "lines/reconsideration/guards.py": ("tests/lines/reconsideration",),
    "lines/reconsideration/guards_review.py": ("tests/lines/reconsideration",),
    "lines/reconsideration/guards_after.py": ("tests/lines/reconsideration",),
    "lines/reconsideration/jurisdiction.py": ("tests/lines/reconsideration",),
    "lines/legal_aid/guards.py": ("tests/lines/legal_aid",),
    "lines/legal_aid/guards_conduct.py": ("tests/lines/legal_aid",),
    "lines/legal_aid/eligibility.py": ("tests/lines/legal_aid",),
    "lines/legal_aid/assignment.py": ("tests/lines/legal_aid",),
}
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


class Mutant(NamedTuple):
    """One changed module: the line of the change, what it was, and the whole new source."""

    line: int
    what: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """All mutants of a module, in the order of its nodes."""
    tree = ast.parse(source)
    skipped = _unmutated(tree)
    for index, node in enumerate(ast.walk(tree)):
        if id(node) in skipped:
            continue
        for number, what in enumerate(_changes(node)):
            twin = copy.deepcopy(tree)
            target = list(ast.walk(twin))[index]
            _apply(target, number)
            yield Mutant(getattr(node, "lineno", 0), what, ast.unparse(ast.fix_missing_locations(twin)))


def _unmutated(tree: ast.Module) -> set[int]:
    """Docstrings, annotations and imports are not code whose change a test could notice."""
    found: set[int] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef):
            parts = [node.returns, *(a.annotation for a in node.args.args), *node.decorator_list]
        elif isinstance(node, ast.AnnAssign):
            parts = [node.annotation]
        found.update(id(inner) for part in parts if part is not None for inner in ast.walk(part))
    return found


def _changes(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Compare):
        return [f"{type(op).__name__} turned" for op in node.ops if type(op) in TURNED][:1]
    if isinstance(node, ast.BoolOp):
        return ["and/or swapped"]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return ["not dropped"]
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return ["number plus one"]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        return ["+/- swapped"]
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom):
        return ["problem left out"]
    return []


def _apply(node: ast.AST, number: int) -> None:
    if isinstance(node, ast.Compare):
        node.ops[0] = TURNED[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp):
        node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.Constant):
        node.value += 1
    elif isinstance(node, ast.BinOp):
        node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
    elif isinstance(node, ast.Expr):
        node.value = ast.YieldFrom(ast.Tuple([], ast.Load()))


def survives(module: str, mutant: Mutant, tests: tuple[str, ...]) -> bool:
    """Whether the tests pass on the mutant. A shadow of the package is put in front of the real one."""
    with tempfile.TemporaryDirectory() as scratch:
        shadow = Path(scratch) / "src"
        _shadow(SRC / "yifa", shadow / "yifa", Path(module).parts)
        target = shadow / "yifa" / module
        target.write_text(mutant.source, encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-o",
            f"pythonpath={shadow} .",
            "--no-header",
            *tests,
        ]
        try:
            done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=240)
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0


def _shadow(real: Path, copy_: Path, path: tuple[str, ...]) -> None:
    """Links to everything but the folders that lead to the mutated file."""
    copy_.mkdir(parents=True)
    for item in real.iterdir():
        if item.name == path[0]:
            if len(path) > 1:
                _shadow(item, copy_ / item.name, path[1:])
        elif item.name != "__pycache__":
            (copy_ / item.name).symlink_to(item)


def score(module: str, sample: int) -> tuple[int, int]:
    """(killed, tried) of one module; survivors are printed."""
    found = list(mutants((SRC / "yifa" / module).read_text(encoding="utf-8")))
    if 0 < sample < len(found):
        found = random.Random(module).sample(found, sample)  # the same sample every time
    with ThreadPoolExecutor(2) as pool:
        alive = list(pool.map(lambda m: survives(module, m, TARGETS[module]), found))
    for mutant, living in zip(found, alive, strict=True):
        if living:
            print(f"  survived: {module}:{mutant.line} {mutant.what}", flush=True)
    return alive.count(False), len(found)


def main() -> int:
    """Print the score of each module and of all; exit code 1 below the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--sample", type=int, default=0, help="at most so many mutants of a module (0: all)")
    asked = parser.parse_args()
    killed = tried = 0
    for module in asked.modules or [m for m in TARGETS if (SRC / "yifa" / m).exists()]:
        one, of = score(module, asked.sample)
        print(f"{module}: {one}/{of} killed ({100 * one // max(of, 1)} %)", flush=True)
        killed, tried = killed + one, tried + of
    print(f"score {100 * killed / max(tried, 1):.1f} % of {tried} mutants; goal {GOAL} %")
    return 0 if 100 * killed >= GOAL * tried else 1


if __name__ == "__main__":
    sys.exit(main())
