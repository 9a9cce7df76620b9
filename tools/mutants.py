"""Small changes of a module, one at a time: what a careless hand could have written instead.

A comparison turned or its boundary moved by one, `and` for `or`, a `not` dropped, plus for minus, a number plus one, a
yielded problem left out. Annotations and decorators stay: no test could notice them.
"""

import ast
import random
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
Key = tuple[str, str, int, bytes]


class Mutant(NamedTuple):
    """One changed module: line number and text of the change, what it was, and the compiled whole."""

    line: int
    text: str
    what: str
    code: CodeType


class Subject(NamedTuple):
    """A module under test: its file, name, compiled original, the mutants to try and how many were left out."""

    module: str
    path: str
    name: str
    original: CodeType
    mutants: list[Mutant]
    equivalent: int


def subject(package: Path, module: str, sample: int, equal: Collection[tuple[str, str]]) -> Subject:
    """The mutants of a module, or always the same sample of them; `equal` are texts and changes that do not count."""
    path = package / module
    text = path.read_text(encoding="utf-8")
    found = list(mutants(text, str(path)))
    if stale := set(equal) - {(m.text, m.what) for m in found}:
        sys.exit(f"{module}: listed as equivalent, but there is no such mutant: {sorted(stale)}")
    counted = [m for m in found if (m.text, m.what) not in equal]
    chosen = random.Random(module).sample(counted, sample) if 0 < sample < len(counted) else counted
    name = ".".join((package.name, *Path(module).with_suffix("").parts))
    original = compile(text, str(path), "exec")
    return Subject(module, str(path), name, original, chosen, len(found) - len(counted))


def mutants(source: str, path: str) -> Iterator[Mutant]:
    """All mutants of a module, in the order of its nodes; a change that compiles to the same code is none."""
    tree = ast.parse(source)
    original, texts, kept = compile(tree, path, "exec"), source.splitlines(), _kept(tree)
    for node in list(ast.walk(tree)):
        what = None if id(node) in kept else _change(node)
        if what is None:
            continue
        before = dict(vars(node))
        _apply(node)
        code = compile(ast.fix_missing_locations(tree), path, "exec")
        vars(node).update(before)
        if code != original:
            line: int = before["lineno"]
            yield Mutant(line, texts[line - 1].strip(), what, code)


def _kept(tree: ast.Module) -> set[int]:
    """Nodes of annotations and decorators."""
    found: set[int] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef):
            parts = [node.returns, *node.decorator_list]
        elif isinstance(node, ast.arg | ast.AnnAssign):
            parts = [node.annotation]
        found.update(id(inner) for part in parts if part is not None for inner in ast.walk(part))
    return found


def _change(node: ast.AST) -> str | None:
    """What would be done to a node; None: it stays."""
    match node:
        case ast.Compare(ops=[first, *_]) if type(first) in TURNED:
            return f"{type(first).__name__} → {TURNED[type(first)].__name__}"
        case ast.BoolOp(op=ast.And()):
            return "and → or"
        case ast.BoolOp():
            return "or → and"
        case ast.UnaryOp(op=ast.Not()):
            return "not dropped"
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return f"{number} → {number + 1}"
        case ast.BinOp(op=ast.Add()):
            return "+ → -"
        case ast.BinOp(op=ast.Sub()):
            return "- → +"
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            return "left out"
    return None


def _apply(node: Any) -> None:
    match node:
        case ast.Compare():
            node.ops = [TURNED[type(node.ops[0])](), *node.ops[1:]]
        case ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.UnaryOp():
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
        case ast.Constant():
            node.value += 1  # type: ignore[operator]  # only whole numbers come here
        case ast.BinOp():
            node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        case ast.Expr():
            node.value = ast.YieldFrom(ast.Tuple([], ast.Load()))


# ------------------------------------------------------------------------------------------- code objects


def key(code: CodeType) -> Key:
    """What tells the code objects of modules apart."""
    return code.co_filename, code.co_qualname, code.co_firstlineno, code.co_linetable


def pairs(one: CodeType, other: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Code objects of the original and of a mutant that differ, outermost first."""
    if one == other:
        return
    yield one, other
    for inner, twin in zip(_inner(one), _inner(other), strict=True):
        yield from pairs(inner, twin)


def changed(one: CodeType, other: CodeType) -> list[CodeType]:
    """Of those, the original ones that differ themselves, not only in what they hold."""
    return [o for o, m in pairs(one, other) if o.co_code != m.co_code or _constants(o) != _constants(m)]


def _inner(code: CodeType) -> list[CodeType]:
    return [c for c in code.co_consts if isinstance(c, CodeType)]


def _constants(code: CodeType) -> list[tuple[type, Any]]:
    return [(type(c), c) for c in code.co_consts if not isinstance(c, CodeType)]
