"""The fonts documents are set in: found in one folder, checked by family, never substituted in silence.

Fandol (Fang, Song, Hei, Kai) is free; 小标宋 is not, and FandolSong Bold stands in for it. Noto Serif CJK SC
supplies the characters Fandol lacks (rare characters of names). `tools/fonts.py` fetches both at set-up.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import typst

# (family, weight) as the typesetter names them; fontconfig calls the first one plain "FandolFang".
REQUIRED: tuple[tuple[str, int], ...] = (
    ("FandolFang R", 400),
    ("FandolHei", 400),
    ("FandolKai", 400),
    ("FandolSong", 400),
    ("FandolSong", 700),
    ("Noto Serif CJK SC", 400),
    ("Noto Serif CJK SC", 700),
)


class FontsMissingError(RuntimeError):
    """A font the documents need is not in the folder; the message names the fonts and the remedy."""

    def __init__(self, missing: Iterable[tuple[str, int]], folder: Path) -> None:
        names = "、".join(f"{family}（字重{weight}）" for family, weight in missing)
        super().__init__(f"缺少公文字体：{names}。字体目录：{folder}。请运行 python tools/fonts.py 安装。")


def fonts_folder() -> Path:
    """`YIFA_FONTS` if set, else `var/fonts` of the project."""
    return Path(os.environ.get("YIFA_FONTS") or Path(__file__).parents[3] / "var" / "fonts")


def missing_fonts(folder: Path) -> tuple[tuple[str, int], ...]:
    """The required fonts that the folder does not hold."""
    found = {(font.family, font.weight) for font in _collection(folder).fonts()}
    return tuple(font for font in REQUIRED if font not in found)


def load_fonts(folder: Path | None = None) -> typst.Fonts:
    """The folder's fonts and no others; FontsMissingError unless all required ones are there."""
    place = folder or fonts_folder()
    missing = missing_fonts(place)
    if missing:
        raise FontsMissingError(missing, place)
    return _collection(place)


def _collection(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
