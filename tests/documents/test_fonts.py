"""Fonts: all there or a clear error; the set-up fetches what is missing and nothing else."""

import io
import shutil
import tarfile
from pathlib import Path

import pytest
from tools import fonts as tool

from yifa.documents.fonts import REQUIRED, FontsMissingError, fonts_folder, load_fonts, missing_fonts
from yifa.documents.render import Renderer


def test_the_installed_folder_is_complete() -> None:
    assert missing_fonts(fonts_folder()) == ()
    assert {"FandolFang R", "Noto Serif CJK SC"} <= set(load_fonts().families())


def test_no_system_or_built_in_font_can_slip_in(tmp_path: Path) -> None:
    assert missing_fonts(tmp_path) == REQUIRED


def test_missing_fonts_are_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(FontsMissingError, match="FandolFang R（字重400）.*tools/fonts.py"):
        Renderer(tmp_path)


def test_one_missing_font_is_enough_to_refuse(tmp_path: Path) -> None:
    for font in fonts_folder().iterdir():
        if font.name != "FandolSong-Bold.otf":
            (tmp_path / font.name).symlink_to(font)
    assert missing_fonts(tmp_path) == (("FandolSong", 700),)


def test_the_folder_can_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YIFA_FONTS", str(tmp_path))
    assert fonts_folder() == tmp_path
    monkeypatch.delenv("YIFA_FONTS")
    assert fonts_folder().parts[-2:] == ("var", "fonts")


def test_a_complete_folder_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(target: Path) -> None:
        raise AssertionError("fetched although complete")

    monkeypatch.setattr(tool, "fetch", refuse)
    assert tool.main([str(fonts_folder())]) == 0


def test_set_up_says_why_it_failed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "download", lambda package, folder: None)
    assert tool.main([str(tmp_path / "fonts")]) == 1
    assert "缺少公文字体" in capsys.readouterr().err


def test_only_the_package_that_lacks_is_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in tool.PACKAGES["texlive-lang-chinese"]:
        shutil.copy(fonts_folder() / name, tmp_path / name)
    asked: list[str] = []
    monkeypatch.setattr(tool, "download", lambda package, folder: asked.append(package))
    with pytest.raises(FontsMissingError, match="Noto Serif CJK SC（字重400）、Noto Serif CJK SC（字重700）"):
        tool.ensure(tmp_path)
    assert asked == ["fonts-noto-cjk"]


def test_the_wanted_files_are_read_from_the_archive() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, content in (
            ("./usr/share/a/Want.otf", b"yes"),
            ("./usr/Other.otf", b"no"),
            ("../Want.txt", b"no"),
        ):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    assert list(tool.wanted_members(out.getvalue(), frozenset({"Want.otf"}))) == [("Want.otf", b"yes")]


def test_without_apt_nothing_is_downloaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def absent(command: object, folder: Path) -> bool:
        raise FileNotFoundError("apt-get")

    monkeypatch.setattr(tool, "run", absent)
    assert tool.download("fonts-noto-cjk", tmp_path) is None
