"""What the front page promises is there: commands, links, the one command of CI."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tooling.support import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?![a-z]+:|#)([^)#\s]+)")


def test_make_alone_lists_every_command() -> None:
    told = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony is not None
    assert set(re.findall(r"^  make (\w+)", told.stdout, re.MULTILINE)) == set(phony[1].split())


def test_ci_runs_what_the_front_page_names() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert script.read_text().splitlines()[-1] == "exec make test"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_leads_nowhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_index_names_every_page() -> None:
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / target).resolve() for target in LINK.findall(index.read_text(encoding="utf-8"))}
    pages = {page for page in PAGES if page.is_relative_to(ROOT / "docs") and page != index}
    lost = {page for page in pages if page not in linked and page.parent not in linked}
    assert sorted(str(page.relative_to(ROOT)) for page in lost) == []


@pytest.mark.skipif(
    shutil.which("git") is None or not (ROOT / ".git").exists(), reason="not a checkout, or no git here"
)
def test_nothing_that_is_ignored_is_committed() -> None:
    command = ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (found.stdout, found.stderr) == ("", "")


@pytest.mark.parametrize("name", [".venv", ".venv-bench", "var", "out"])
def test_a_link_in_place_of_a_made_folder_is_ignored_too(name: str) -> None:
    assert f"/{name}" in (ROOT / ".gitignore").read_text().splitlines()
