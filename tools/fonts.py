"""Fetch the fonts official documents are set in, into `var/fonts`; never committed.

Fandol comes from Debian's package texlive-lang-chinese (49 MB, the smallest that carries it), Noto Serif CJK from
fonts-noto-cjk (57 MB). Both are fetched with apt-get download and read with dpkg-deb; nothing is installed, no
root is needed. What counts is the fonts' own family names and weights, not the package version. A folder that is
complete is left alone. A machine without apt may have the font files copied into the folder by hand.

Usage: .venv/bin/python tools/fonts.py [FOLDER]
"""

import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from yifa.documents.fonts import FontsMissingError, fonts_folder, missing_fonts  # noqa: E402

# package → the font files wanted from it
PACKAGES: dict[str, frozenset[str]] = {
    "texlive-lang-chinese": frozenset(
        {
            "FandolFang-Regular.otf",
            "FandolHei-Regular.otf",
            "FandolKai-Regular.otf",
            "FandolSong-Regular.otf",
            "FandolSong-Bold.otf",
        }
    ),
    "fonts-noto-cjk": frozenset({"NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc"}),
}


def run(command: Sequence[str], folder: Path) -> bool:
    """Whether the command succeeds, silently."""
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def download(package: str, folder: Path) -> Path | None:
    """The package file; on an image without package lists the lists are fetched first."""
    fetch = ["apt-get", "-o", "APT::Sandbox::User=root", "download", package]
    try:
        done = run(fetch, folder) or (run(["apt-get", "update"], folder) and run(fetch, folder))
    except FileNotFoundError:  # no apt on this machine
        return None
    return next(folder.glob(f"{package}_*.deb"), None) if done else None


def wanted_members(archive: bytes, names: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """(file name, content) of the wanted files in a package's tar."""
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        for member in tar:
            name = PurePosixPath(member.name).name
            handle = tar.extractfile(member) if member.isfile() and name in names else None
            if handle is not None:
                yield name, handle.read()


def unpack(package: Path, names: frozenset[str], target: Path) -> None:
    """Write the wanted files of a package; each appears whole or not at all."""
    archive = subprocess.run(
        ["dpkg-deb", "--fsys-tarfile", str(package)], capture_output=True, check=True
    ).stdout
    for name, content in wanted_members(archive, names):
        part = target / f"{name}.part"
        part.write_bytes(content)
        part.replace(target / name)


def fetch(target: Path) -> None:
    """Fetch every package of which a file is missing."""
    for package, names in PACKAGES.items():
        if all((target / name).exists() for name in names):
            continue
        with tempfile.TemporaryDirectory() as scratch:
            found = download(package, Path(scratch))
            if found is not None:
                unpack(found, names, target)


def ensure(target: Path) -> None:
    """Make the folder complete; FontsMissingError if it still is not."""
    target.mkdir(parents=True, exist_ok=True)
    if not missing_fonts(target):
        return
    print("正在取得公文字体（约 106 MB，仅首次）……", flush=True)
    fetch(target)
    missing = missing_fonts(target)
    if missing:
        raise FontsMissingError(missing, target)


def main(arguments: Sequence[str]) -> int:
    """Entry point; returns the exit code."""
    target = Path(arguments[0]) if arguments else fonts_folder()
    try:
        ensure(target)
    except (FontsMissingError, subprocess.CalledProcessError) as error:
        print(f"字体安装失败：{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
