"""Check that the pure floors neither read the clock nor draw random numbers nor touch files.

The import contract forbids whole modules; this finds what innocent modules offer too (`date.today`,
`datetime.now`, `uuid4`, `open`), by any name it was imported under and whether it is called or handed on
(`default_factory=date.today`).

Blind spots, so that nobody trusts it too far: names bound later (`d = date`, then `d.today()`), getattr with a
string, methods of objects (a `Traversable.read_text()` handed in), what third-party libraries do inside, the
order of a set (randomised hashing), time zone files read by zoneinfo, and a function handed in as an argument
(which is how it should be done).
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

SRC = Path(__file__).resolve().parent.parent / "src" / "yifa"
PURE = ("law", "language", "engine", "ledger", "lines", "city")
ALLOWED = {"law/loader.py", "ledger/verifier.py"}  # the one data loader; a program that outsiders run alone
CLOCKS = {"datetime.date": ("today",), "datetime.datetime": ("now", "utcnow", "today")}
FORBIDDEN = {
    *(f"{owner}.{method}" for owner, methods in CLOCKS.items() for method in methods),
    *("uuid.uuid1", "uuid.uuid4", "io.open", "io.open_code", "io.FileIO", "builtins.open"),
}
FORBIDDEN_CALLS = {"open", "input", "print", "exec", "eval", "__import__"}  # a field may be called `open`
FORBIDDEN_MODULES = {
    *("time", "random", "secrets"),
    *("os", "pathlib", "shutil", "tempfile", "glob", "fileinput", "importlib", "pkgutil"),
    *("subprocess", "socket", "ssl", "urllib", "http", "asyncio", "threading", "logging"),
}


def impurities(source: str) -> Iterator[tuple[int, str]]:
    """Line numbers and reasons in one module's source, in the order of the lines."""
    tree = ast.parse(source)
    origins = dict(_origins(tree))
    found = {hit for node in ast.walk(tree) for hit in _hits(node, origins)}
    yield from sorted(found)


def _origins(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Local name → dotted name it was imported from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (
                (a.asname or _root(a.name), a.name if a.asname else _root(a.name)) for a in node.names
            )
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((a.asname or a.name, f"{node.module}.{a.name}") for a in node.names)


def _hits(node: ast.AST, origins: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Import):
        yield from ((node.lineno, f"imports {a.name}") for a in node.names if _banned(a.name))
    elif isinstance(node, ast.ImportFrom) and node.module and _banned(node.module):
        yield node.lineno, f"imports {node.module}"
    elif isinstance(node, ast.Name | ast.Attribute) and (name := _dotted(node, origins)) in FORBIDDEN:
        yield node.lineno, f"uses {name}"
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
        yield node.lineno, f"calls {node.func.id}()"


def _dotted(node: ast.expr, origins: Mapping[str, str]) -> str:
    """The full name a reference stands for; empty if it is no plain reference."""
    if isinstance(node, ast.Name):
        return origins.get(node.id, "")
    if isinstance(node, ast.Attribute) and (owner := _dotted(node.value, origins)):
        return f"{owner}.{node.attr}"
    return ""


def _root(module: str) -> str:
    return module.split(".")[0]


def _banned(module: str) -> bool:
    return _root(module) in FORBIDDEN_MODULES


def main() -> int:
    """Print every impurity; exit code 1 if there is one."""
    found = 0
    for path in sorted(path for floor in PURE for path in (SRC / floor).rglob("*.py")):
        name = path.relative_to(SRC).as_posix()
        if name in ALLOWED:
            continue
        for line, reason in impurities(path.read_text(encoding="utf-8")):
            print(f"src/yifa/{name}:{line}: {reason}")
            found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
