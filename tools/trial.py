"""Mutants tried by their tests: one pytest session for a group of modules, and a fork of it for every mutant."""

import gc
import importlib
import os
import pickle
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from mutants import Key, Mutant, Subject, changed, key, pairs

CPU_SECONDS = 120
BROKEN = (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR)
IMPORT = -1  # stands for the test's number while modules are imported
PYTEST = ("-qq", "-x", "--no-header", "--capture=no", "--assert=plain")


def survivors(tests: tuple[str, ...], subjects: list[Subject], jobs: int) -> list[list[Mutant]]:
    """The mutants of each module that the tests do not notice."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="yifa-mutate-") as scratch:
        tempfile.tempdir = scratch  # what a killed run leaves behind goes away
        trial = Trial(subjects, jobs, Path(scratch))
        if pytest.main([*PYTEST, *tests], plugins=[trial]) != pytest.ExitCode.NO_TESTS_COLLECTED:
            sys.exit(1)
    tempfile.tempdir = before
    alive = iter(trial.alive)
    return [[mutant for mutant in about.mutants if next(alive)] for about in subjects]


class Pool:
    """Forks, not more than `jobs` at a time, each with a number and limited CPU time."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.running: dict[int, int] = {}
        self.well: dict[int, bool] = {}

    def fork(self, number: int, output: str = os.devnull) -> bool:
        """True in the child, whose output goes to a file."""
        if len(self.running) == self.jobs:
            self._wait()
        sys.stdout.flush()
        if pid := os.fork():
            self.running[pid] = number
            return False
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(file, 1)
        os.dup2(file, 2)
        return True

    def _wait(self) -> None:
        pid, status = os.wait()
        if status and os.waitstatus_to_exitcode(status) in BROKEN:
            sys.exit("the trial itself went wrong, not a test")
        self.well[self.running.pop(pid)] = status == 0

    def all(self) -> dict[int, bool]:
        """Number → whether it ended well; one that died did not."""
        while self.running:
            self._wait()
        return self.well


class Trial:
    """A pytest plugin that forks before collection: once for the session that traces the tests and tries mutants by
    swapping code, then for each mutant of what import does. The session itself collects nothing."""

    def __init__(self, subjects: list[Subject], jobs: int, scratch: Path) -> None:
        self.tried = [(about, mutant) for about in subjects for mutant in about.mutants]
        self.paths, self.jobs, self.scratch = {about.path for about in subjects}, jobs, scratch
        self.role = "session"
        self.alive: list[bool | None] = []
        self.took: dict[str, float] = {}
        self.current, self.failed = IMPORT, False
        self.reach: dict[Key, set[int]] = defaultdict(set)

    # ------------------------------------------------------------------------------- hooks of pytest

    def pytest_configure(self) -> None:
        """The same examples every time, and no slow machine mistaken for a failing test."""
        hypothesis = importlib.import_module("hypothesis")  # not before pytest has started
        hypothesis.settings.register_profile("mutate", derandomize=True, deadline=None, database=None)
        hypothesis.settings.load_profile("mutate")

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> bool | None:
        """None in the forks, which go on to collect as usual."""
        answers, output = self.scratch / "answers", self.scratch / "output"
        first, pool = Pool(1), Pool(self.jobs)
        if first.fork(0, str(output)):
            self.role = "swap"
            sys.settrace(self._trace)
            return None
        if not first.all()[0]:
            pytest.exit("the tests fail without any change:\n" + output.read_text(), 1)
        self.alive, self.took = pickle.loads(answers.read_bytes())
        for number in [n for n, answer in enumerate(self.alive) if answer is None]:
            if pool.fork(number):
                self.role = "import"
                sys.meta_path.insert(0, Anew(*self.tried[number]))
                return None
        for number, well in pool.all().items():
            self.alive[number] = well
        return True

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """For a mutant of what import does, the quickest tests first."""
        items.sort(key=lambda item: self.took.get(item.nodeid, 0.0))

    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """None: run the tests as usual."""
        if self.role == "swap":
            sys.settrace(None)
            if not self._traced(session.items):
                os._exit(1)
            self._swap_each(session.items)
            (self.scratch / "answers").write_bytes(pickle.dumps((self.alive, self.took)))
        return None if self.role == "import" else True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Any phase of a test may fail it."""
        self.failed |= report.failed
        if report.failed:
            print(report.nodeid, report.longreprtext, sep="\n", flush=True)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """A fork ends here, before it could tidy away what the session still needs."""
        if self.role != "session":
            os._exit(exitstatus)

    # --------------------------------------------------------------------------------------- tracing

    def _trace(self, frame: FrameType, _event: str, _arg: Any) -> None:
        """Called at every call; lines are not traced."""
        if frame.f_code.co_filename in self.paths:
            self.reach[key(frame.f_code)].add(self.current)

    def _traced(self, items: Sequence[pytest.Item]) -> bool:
        """Run all tests in a fork that writes down which call which code, and how long they take; whether they pass."""
        pool, file = Pool(1), self.scratch / "reach"
        if pool.fork(0, str(self.scratch / "output")):
            self._time(items)
            file.write_bytes(pickle.dumps((self.reach, self.took)))
            os._exit(self.failed)
        passed = pool.all()[0]
        if passed:
            self.reach, self.took = pickle.loads(file.read_bytes())
        return passed

    def _time(self, items: Sequence[pytest.Item]) -> None:
        """Run all, traced, by the clock."""
        sys.settrace(self._trace)
        for self.current, item in enumerate(items):
            begun = time.perf_counter()
            _run(item, None)
            self.took[item.nodeid] = time.perf_counter() - begun
        sys.settrace(None)

    # -------------------------------------------------------------------------------------- swapping

    def _swap_each(self, items: Sequence[pytest.Item]) -> None:
        """Whether each mutant survives; None where import calls what is changed, so that swapping comes too late."""
        alive, pool = _functions(self.paths), Pool(self.jobs)
        gc.collect()
        gc.freeze()  # leaves the pages of the parent shared
        for number, (about, mutant) in enumerate(self.tried):
            codes = changed(about.original, mutant.code)
            tests = {test for code in codes for test in self.reach.get(key(code), ())}
            if IMPORT not in tests and pool.fork(number):
                _swap(about, mutant, alive)
                chosen = [items[test] for test in tests]
                os._exit(not self._pass(sorted(chosen, key=lambda item: self.took[item.nodeid])))
        well = pool.all()
        self.alive = [well.get(number) for number in range(len(self.tried))]

    def _pass(self, items: Sequence[pytest.Item]) -> bool:
        """Whether all pass; stops at the first that does not."""
        for number, item in enumerate(items):
            _run(item, items[number + 1] if number + 1 < len(items) else None)
            if self.failed:
                return False
        return True


def _run(item: pytest.Item, following: pytest.Item | None) -> None:
    item.ihook.pytest_runtest_protocol(item=item, nextitem=following)


def _functions(paths: set[str]) -> dict[Key, list[FunctionType]]:
    """Every function alive that was made by these files."""
    found: dict[Key, list[FunctionType]] = defaultdict(list)
    for thing in gc.get_objects():
        if type(thing) is FunctionType and thing.__code__.co_filename in paths:
            found[key(thing.__code__)].append(thing)
    return found


def _swap(about: Subject, mutant: Mutant, alive: dict[Key, list[FunctionType]]) -> None:
    """Give every function alive the mutant's code."""
    for one, other in pairs(about.original, mutant.code):
        for function in alive.get(key(one), ()):
            function.__code__ = other


class Anew:
    """Finds one module, and loads the mutant in its place."""

    def __init__(self, about: Subject, mutant: Mutant) -> None:
        self.about, self.code = about, mutant.code

    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> ModuleSpec | None:
        """Only for that module."""
        if name != self.about.name:
            return None
        return spec_from_file_location(name, self.about.path, loader=_Given(name, self.about.path, self.code))


class _Given(SourceFileLoader):
    """Loads a file as if it held this code."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self.code = code

    def get_code(self, fullname: str) -> CodeType:
        """Whatever the file says."""
        return self.code
