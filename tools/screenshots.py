"""`make screenshots`: the pictures of the README, taken from the demonstration's site in Debian's chromium.

Needs a built demonstration (`make demo SERVE=0`). Pictures go to docs/screenshots as PNG, reduced to 256 colours.
"""

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
PORT = os.environ.get("PORT", "8099")
ADDRESS = f"http://127.0.0.1:{PORT}"
WIDE, NARROW = (1366, 900), (390, 844)


def password() -> str:
    """The one password of the demonstration, as it printed it."""
    text = (ROOT / "out" / "logins.txt").read_text(encoding="utf-8")
    found = re.search(r"密码都是 (\S+)", text)
    if found is None:
        sys.exit("没有演示账号：请先运行 make demo SERVE=0")
    return found.group(1)


@contextmanager
def site() -> Any:
    """The demonstration's site on a port of its own."""
    env = {**os.environ, "SERVE": "1", "PORT": PORT}
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "tools" / "demo.py")], env=env, stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(ADDRESS + "/healthz", timeout=1).close()  # noqa: S310
                break
            except OSError:
                time.sleep(0.5)
        yield
    finally:
        process.terminate()
        process.wait()


def first_case(page: Page) -> None:
    """Open the first case of the list."""
    page.goto(ADDRESS + "/cases/?line=reconsideration&state=mine")
    page.click("td a >> nth=0")


# Picture → log-in, size, how to get there.
SHOTS: dict[str, tuple[str, tuple[int, int], Callable[[Page], Any]]] = {
    "work": ("chengban", WIDE, lambda page: page.goto(ADDRESS + "/")),
    "case": ("chengban", WIDE, first_case),
    "case-phone": ("chengban", NARROW, first_case),
    "figures": ("chuzhang", WIDE, lambda page: page.goto(ADDRESS + "/reports/?year=2023")),
    "figure": ("chuzhang", WIDE,
               lambda page: page.goto(ADDRESS + "/reports/reconsideration.new_applications/?year=2023&by=district")),
}  # fmt: skip


def shoot(page: Page, name: str) -> None:
    """One picture of what is on the screen."""
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    if shutil.which("convert"):
        subprocess.run(["convert", str(path), "-colors", "256", "-strip", f"png8:{path}"], check=True)
    print(path.relative_to(ROOT))


def main() -> int:
    """All pictures."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("需要 chromium：apt-get install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    secret = password()
    with site(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--lang=zh-CN"])
        for name, (login, (width, height), go) in SHOTS.items():
            page = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN").new_page()
            page.goto(ADDRESS + "/login")
            page.fill("#login", login)
            page.fill("#password", secret)
            page.click("main button")
            go(page)
            page.wait_for_load_state()
            shoot(page, name)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
