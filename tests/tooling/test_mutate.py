"""The mutation tool: which changes it makes, how it tells whether tests notice, what it does not count."""

import subprocess
import sys
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

from tests.tooling.support import ROOT, load


@pytest.fixture(scope="module")
def tools() -> dict[str, ModuleType]:
    """The programs import each other by their bare names."""
    with pytest.MonkeyPatch.context() as patch:
        found = {}
        for name in ("mutants", "trial", "mutate"):
            found[name] = load(name)
            patch.setitem(sys.modules, name, found[name])
        return found


# ---------------------------------------------------------------------------------------------- changes


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("a < b", ["Lt → LtE"]),
        ("a <= b < c", ["LtE → Lt"]),
        ("a == 3", ["Eq → NotEq", "3 → 4"]),
        ("a not in b", ["NotIn → In"]),
        ("a is None", ["Is → IsNot"]),
        ("a and b", ["and → or"]),
        ("a or b or c", ["or → and"]),
        ("not a", ["not dropped"]),
        ("a + b - c", ["- → +", "+ → -"]),
        ("f(True, 1.5, 'x')", []),
        ("def f(a):\n yield a", ["left out"]),
        ("def f(a):\n x = yield a", []),
        ("def f(a: 'List[3]' = 4) -> g(5): pass", ["4 → 5"]),
        ("@g(1)\ndef f(): return 2", ["2 → 3"]),
        ("x: g(1) = 2", ["2 → 3"]),
        ("if False: a < b", []),  # compiles to nothing, whatever is changed
    ],
)
def test_what_is_changed(tools: dict[str, ModuleType], source: str, changes: list[str]) -> None:
    assert [m.what for m in tools["mutants"].mutants(source, "x.py")] == changes


def test_a_mutant_does_what_it_says(tools: dict[str, ModuleType]) -> None:
    source = "def late(days):\n    return days > 10\n"
    found = []
    for mutant in tools["mutants"].mutants(source, "x.py"):
        names: dict[str, object] = {}
        FunctionType(mutant.code, names)()
        late = names["late"]
        assert callable(late)
        found.append((mutant.line, mutant.text, mutant.what, [late(n) for n in (9, 10, 11, 12)]))
    assert found == [
        (2, "return days > 10", "Gt → GtE", [False, True, True, True]),
        (2, "return days > 10", "10 → 11", [False, False, False, True]),
    ]


def test_the_innermost_code_is_what_changed(tools: dict[str, ModuleType]) -> None:
    source = "def over(limit):\n    return lambda n: n > limit\n"
    original = compile(source, "x.py", "exec")
    (mutant,) = tools["mutants"].mutants(source, "x.py")
    assert [c.co_name for c, _ in tools["mutants"].pairs(original, mutant.code)] == [
        "<module>",
        "over",
        "<lambda>",
    ]
    assert [c.co_name for c in tools["mutants"].changed(original, mutant.code)] == ["<lambda>"]


# ----------------------------------------------------------------------------------------------- trials

RULES = """
def scale(n):
    return n * 2

TABLE = {"a": scale(4)}

def over(limit):
    return lambda n: n > limit

HIGH = over(TABLE["a"])

def count(n):
    while n < 3:
        n = n + 1
    return n

def nobody_calls(n):
    return n + 5

def weak(n):
    return n >= 7

class Fee:
    def due(self, days):
        return days - 6
"""
TESTS = """
import rules
from rules import HIGH, count, weak

def test_table():
    assert rules.TABLE == {"a": 8}

def test_high():
    assert HIGH(9) and not HIGH(8)

def test_count():
    assert count(2) == 3

def test_weak():
    assert weak(9)

def test_fee():
    assert rules.Fee().due(10) == 4
"""
PROGRAM = f"""
import sys
from pathlib import Path
sys.path[:0] = [{str(ROOT / "tools")!r}, "house"]
import mutants, trial
trial.CPU_SECONDS = 4
about = mutants.subject(Path("house").resolve(), "rules.py", 0, ())._replace(name="rules")
(living,) = trial.survivors(("test_rules.py",), [about], 2)
print(len(about.mutants), *(f"{{m.text}}: {{m.what}}" for m in living), sep="\\n")
"""


def run(folder: Path, tests: str) -> subprocess.CompletedProcess[str]:
    """The trial of a small project of its own."""
    (folder / "house").mkdir()
    (folder / "house/rules.py").write_text(RULES)
    (folder / "test_rules.py").write_text(tests)
    (folder / "pytest.ini").write_text("[pytest]\npythonpath = house\n")
    return subprocess.run([sys.executable, "-c", PROGRAM], cwd=folder, capture_output=True, text=True)


def test_survivors_are_what_the_tests_do_not_notice(tmp_path: Path) -> None:
    done = run(tmp_path, TESTS)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[-7:] == [
        "",
        "13",
        "return n + 5: + → -",
        "return n >= 7: GtE → Gt",
        "return n + 5: 5 → 6",
        "return n >= 7: 7 → 8",
        "",
    ]


def test_tests_that_fail_anyway_tell_nothing(tmp_path: Path) -> None:
    done = run(tmp_path, TESTS + "\ndef test_wrong():\n    assert count(1) == 5\n")
    assert done.returncode == 1
    assert "the tests fail without any change" in done.stdout + done.stderr
    assert "test_wrong" in done.stdout + done.stderr


# ------------------------------------------------------------------------------------------- what counts


def test_a_sample_is_always_the_same(tools: dict[str, ModuleType], tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(RULES)
    one, two = (tools["mutants"].subject(tmp_path, "rules.py", 5, ()) for _ in range(2))
    assert len(one.mutants) == 5
    assert [(m.line, m.what) for m in one.mutants] == [(m.line, m.what) for m in two.mutants]


def test_equivalents_do_not_count_and_must_exist(tools: dict[str, ModuleType], tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(RULES)
    about = tools["mutants"].subject(tmp_path, "rules.py", 0, {("return n + 5", "5 → 6")})
    assert (len(about.mutants), about.equivalent) == (12, 1)
    with pytest.raises(SystemExit, match="no such mutant"):
        tools["mutants"].subject(tmp_path, "rules.py", 0, {("return n + 9", "9 → 10")})


def test_an_equivalent_says_why(tools: dict[str, ModuleType], tmp_path: Path) -> None:
    listed = tmp_path / "equivalents.yaml"
    listed.write_text("a.py:\n  - {text: x + 1, change: 1 → 2, because: y}\n")
    assert tools["mutate"].equivalents(listed) == {"a.py": {("x + 1", "1 → 2")}}
    listed.write_text("a.py:\n  - {text: x + 1, change: 1 → 2, because: ''}\n")
    with pytest.raises(SystemExit, match="without a reason"):
        tools["mutate"].equivalents(listed)


def test_the_list_of_equivalents_fits_the_code(tools: dict[str, ModuleType]) -> None:
    mutate = tools["mutate"]
    for module, entries in mutate.equivalents(ROOT / "tools/equivalents.yaml").items():
        about = tools["mutants"].subject(ROOT / "src/yifa", module, 0, entries)
        assert about.equivalent >= len(entries)


def test_the_table_adds_up(tools: dict[str, ModuleType]) -> None:
    mutate = tools["mutate"]
    printed = mutate.table([mutate.Score("one.py", 17, 20, 1), mutate.Score("two.py", 0, 0, 0)])
    assert [line.split() for line in printed.splitlines()] == [
        ["module", "mutants", "killed", "score", "equivalent"],
        ["one.py", "20", "17", "85.0", "%", "1"],
        ["two.py", "0", "0", "100.0", "%", "0"],
        ["all", "20", "17", "85.0", "%", "1"],
    ]


def test_all_guards_and_periods_are_measured(tools: dict[str, ModuleType]) -> None:
    package = ROOT / "src/yifa"
    measured = {module for modules in tools["mutate"].GROUPS.values() for module in modules}
    guards = {str(path.relative_to(package)) for path in package.glob("lines/*/guards*.py")}
    assert guards | {"law/periods.py", "law/derivations.py"} <= measured
    assert all((package / module).exists() for module in measured)
    assert all((ROOT / tests).exists() for group in tools["mutate"].GROUPS for tests in group)
