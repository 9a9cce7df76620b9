"""The pictures of the README: where they come from, that each is there, that the site they are taken from goes away again."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.tooling.support import load

screenshots = load("screenshots")
ROOT = Path(__file__).resolve().parents[2]


def test_every_picture_of_the_readme_is_taken_and_there() -> None:
    shown = set(re.findall(r"docs/screenshots/([a-z-]+)\.png", (ROOT / "README.md").read_text("utf-8")))
    assert shown
    assert shown <= screenshots.SHOTS.keys()
    for name in screenshots.SHOTS:
        assert (ROOT / "docs" / "screenshots" / f"{name}.png").read_bytes().startswith(b"\x89PNG"), name


def test_no_picture_is_left_over() -> None:
    kept = {path.stem for path in (ROOT / "docs" / "screenshots").iterdir()}
    assert kept == screenshots.SHOTS.keys()


def test_the_password_is_read_as_the_demonstration_printed_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(screenshots, "ROOT", tmp_path)
    (tmp_path / "out").mkdir()
    logins = tmp_path / "out" / "logins.txt"
    logins.write_text("演示账号： 密码都是 yifa-1234 （人物、案件均为虚构）\n", encoding="utf-8")
    assert screenshots.password() == "yifa-1234"
    logins.write_text("", encoding="utf-8")
    with pytest.raises(SystemExit, match="make demo"):
        screenshots.password()


class Process:
    """A process that notes what is done to it."""

    def __init__(self, *words: Any, **settings: Any) -> None:
        self.words, self.env, self.done = words, settings["env"], []
        started.append(self)

    def terminate(self) -> None:
        self.done.append("terminate")

    def wait(self) -> None:
        self.done.append("wait")


started: list[Process] = []


def test_the_site_is_awaited_and_always_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    started.clear()
    answers = iter([OSError(), OSError(), None])
    slept: list[float] = []

    def urlopen(address: str, timeout: float) -> Any:
        assert address == screenshots.ADDRESS + "/healthz"
        answer = next(answers)
        if answer is not None:
            raise answer
        return SimpleNamespace(close=lambda: None)

    monkeypatch.setattr(screenshots.subprocess, "Popen", Process)
    monkeypatch.setattr(screenshots.urllib.request, "urlopen", urlopen)
    monkeypatch.setattr(screenshots.time, "sleep", slept.append)
    with pytest.raises(RuntimeError), screenshots.site():
        raise RuntimeError
    assert len(slept) == 2
    (process,) = started
    assert process.done == ["terminate", "wait"]
    assert (process.env["SERVE"], process.env["PORT"]) == ("1", screenshots.PORT)


@pytest.mark.parametrize("convert", [None, "/usr/bin/convert"])
def test_a_picture_is_taken_and_made_small_if_it_can_be(
    convert: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(screenshots, "ROOT", tmp_path)
    monkeypatch.setattr(screenshots, "FOLDER", tmp_path / "pictures")
    monkeypatch.setattr(screenshots.shutil, "which", lambda name: convert)
    monkeypatch.setattr(screenshots.subprocess, "run", lambda words, check: ran.append(words))
    taken: list[Path] = []
    page: Any = SimpleNamespace(screenshot=lambda path: taken.append(path))
    screenshots.shoot(page, "work")
    assert taken == [tmp_path / "pictures" / "work.png"]
    assert bool(ran) == bool(convert)


def test_without_a_browser_it_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screenshots.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="chromium"):
        screenshots.main()
