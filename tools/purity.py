"""Check that the pure floors neither read the clock nor draw random numbers nor touch files.

The import contract forbids whole modules; this reads the calls that innocent modules offer too
(`date.today()`, `datetime.now()`, `open()`).

Blind spots, so that nobody trusts it too far: aliases (`now = datetime.now`), getattr with a string, calls
inside third-party libraries, and a function handed in as an argument (which is how it should be done).
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

SRC = Path(__file__).resolve().parent.parent / "src" / "yifa"
PURE = ("law", "language", "engine", "ledger", "lines", "city")
ALLOWED = {"law/loader.py", "ledger/verifier.py"}  # the one data loader; a program that runs alone
FORBIDDEN_CALLS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("uuid", "uuid1"),
    ("uuid", "uuid4"),
}
FORBIDDEN_NAMES = {"open", "input", "print", "exec", "eval", "__import__"}
FORBIDDEN_MODULES = {
    "time",
    "random",
    "secrets",
    "os",
    "pathlib",
    "subprocess",
    "socket",
    "shutil",
    "tempfile",
}


def impurities(source: str) -> Iterator[tuple[int, str]]:
    """Line numbers and reasons in one module's source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _call(node)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, f"imports {a.name}") for a in node.names if _root(a.name))
        elif isinstance(node, ast.ImportFrom) and node.module and _root(node.module):
            yield node.lineno, f"imports {node.module}"


def _root(module: str) -> bool:
    return module.split(".")[0] in FORBIDDEN_MODULES


def _call(node: ast.Call) -> Iterator[tuple[int, str]]:
    function = node.func
    if isinstance(function, ast.Name) and function.id in FORBIDDEN_NAMES:
        yield node.lineno, f"calls {function.id}()"
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        name = function.value.id, function.attr
        yield from [(node.lineno, f"calls {'.'.join(name)}()")] if name in FORBIDDEN_CALLS else ()


def main() -> int:
    """Print every impurity; exit code 1 if there is one."""
    found = 0
    for floor in PURE:
        for path in sorted((SRC / floor).rglob("*.py")):
            name = path.relative_to(SRC).as_posix()
            if name in ALLOWED:
                continue
            for line, reason in impurities(path.read_text(encoding="utf-8")):
                print(f"src/yifa/{name}:{line}: {reason}")
                found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
