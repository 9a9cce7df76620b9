"""The demonstration's parts: what is asked of yifa in which order, what is kept, what is served."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.tooling.support import load

demo = load("demo")
Ran = list[tuple[str, ...]]


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ran:
    """The commands a demonstration would run, kept instead of run; its output lies in a folder of its own."""
    kept: Ran = []
    monkeypatch.setattr(demo, "yifa", lambda *words: kept.append(words))
    monkeypatch.setattr(demo, "OUT", tmp_path / "out")
    monkeypatch.setattr(demo, "LOGINS", tmp_path / "out" / "logins.txt")
    for name in ("SCALE", "SEED", "PORT", "SERVE"):
        monkeypatch.delenv(name, raising=False)
    return kept


@pytest.mark.parametrize(("value", "found"), [(None, "0.02"), ("", "0.02"), ("0.1", "0.1")])
def test_a_setting_is_taken_from_the_environment(
    value: str | None, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SCALE", raising=False)
    if value is not None:
        monkeypatch.setenv("SCALE", value)
    assert demo.setting("SCALE", "0.02") == found


def test_the_year_is_simulated_and_then_reported_as_of_the_demonstrations_day(
    ran: Ran, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SCALE", "0.1")
    demo.build()
    out = str(tmp_path / "out")
    assert ran == [
        ("simulate", "--year", "2023", "--scale", "0.1", "--seed", "1", "--out", f"{out}/tally.json"),
        ("report", "build", "--year", "2023", "--known-at", demo.DAY, "--out", out),
    ]
    assert demo.ENV["YIFA_DEMO_DAY"] == demo.DAY


@pytest.mark.parametrize(
    ("there", "serve", "builds", "serves"),
    [
        (False, None, True, True),
        (True, None, False, True),
        (False, "0", True, False),
        (True, "0", False, False),
    ],
)
def test_what_is_there_is_kept_and_only_served(
    there: bool, serve: str | None, builds: bool, serves: bool, ran: Ran, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    served: list[bool] = []
    monkeypatch.setattr(demo, "built", lambda: there)
    monkeypatch.setattr(demo, "serve", lambda: served.append(True))
    if serve is not None:
        monkeypatch.setenv("SERVE", serve)
    assert demo.main() == 0
    assert (bool(ran), bool(served)) == (builds, serves)
    assert ("数据目录里已有案件" in capsys.readouterr().out) == there


def test_it_stops_with_the_command_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=2))
    with pytest.raises(SystemExit, match="yifa simulate --year 2023 失败（2）"):
        demo.yifa("simulate", "--year", "2023")


@pytest.mark.parametrize(("code", "there"), [(0, True), (3, False), (1, False)])
def test_whether_a_year_is_there(code: int, there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=code))
    assert demo.built() is there


def test_a_step_says_what_it_does_and_how_long_it_took(capsys: pytest.CaptureFixture[str]) -> None:
    done: list[int] = []
    demo.step("生成报告", lambda: done.append(1))
    said = capsys.readouterr().out
    assert done == [1]
    assert "▶ 生成报告" in said
    assert "用时 0.0 秒" in said


def test_the_site_is_served_with_its_log_ins_told(
    ran: Ran, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[Any] = []
    execve: Callable[..., None] = lambda program, words, env: started.append((program, words, env))  # noqa: E731
    monkeypatch.setattr(demo.os, "execve", execve)
    monkeypatch.setattr(demo.os, "chdir", lambda place: None)
    monkeypatch.setenv("PORT", "8123")
    demo.OUT.mkdir()
    demo.LOGINS.write_text("handler chengban 密码", encoding="utf-8")
    demo.serve()
    said = capsys.readouterr().out
    assert "http://127.0.0.1:8123/" in said
    assert "handler chengban 密码" in said
    ((program, words, env),) = started
    assert program.endswith("/.venv/bin/granian")
    assert words[words.index("--host") + 1] == "127.0.0.1", "for this machine alone"
    assert words[words.index("--port") + 1] == "8123"
    assert env["YIFA_DEMO_DAY"] == demo.DAY
