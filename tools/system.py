"""Debian packages the tests use beside Python's: a browser for the stories, readers for PDF pages and their codes.

Installed only by root and only where apt is; elsewhere the tests that need them are skipped and say so.
"""

import os
import shutil
import subprocess
import sys

# Program → the package it comes in.
PROGRAMS = {"chromium": "chromium", "pdftoppm": "poppler-utils", "zbarimg": "zbar-tools"}
FONTS = "fonts-noto-cjk"  # what pages are set in on the test's screen


def missing() -> list[str]:
    """Packages whose program is not on this machine."""
    return [package for program, package in PROGRAMS.items() if shutil.which(program) is None]


def install(packages: list[str]) -> bool:
    """Whether apt could install them."""
    quiet = ["-qq", "-y", "--no-install-recommends"]
    commands = (["apt-get", "update", "-qq"], ["apt-get", "install", *quiet, *packages, FONTS])
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return all(
        subprocess.run(command, env=env, stdout=subprocess.DEVNULL).returncode == 0 for command in commands
    )


def main() -> int:
    """Install what is missing, or say what will be skipped. Never fails: the tests say themselves what they lack."""
    packages = missing()
    if not packages:
        return 0
    if os.geteuid() != 0 or shutil.which("apt-get") is None or not install(packages):
        print(f"缺少 {'、'.join(packages)}：相关测试将跳过。Tests that need them will be skipped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
