"""Somebody at a screen: Debian's chromium, driven as a person would."""

import shutil
from uuid import UUID

from playwright.sync_api import Browser, Page

from tests.desk.office import PASSWORD

CHROMIUM = shutil.which("chromium")


class Seat:
    """Somebody at a screen of this width; without a login, before the log-in page."""

    def __init__(self, browser: Browser, address: str, login: str, width: int) -> None:
        self.address = address
        self.page: Page = browser.new_context(
            viewport={"width": width, "height": 800}, locale="zh-CN"
        ).new_page()
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        if login:
            self.enter(login)
            self.page.wait_for_selector("header.top")

    def enter(self, login: str, password: str = PASSWORD) -> None:
        """Log in as a person would; what comes of it is on the screen."""
        self.go("/login")
        self.page.fill("#login", login)
        self.page.fill("#password", password)
        self.page.click("main button")
        self.page.wait_for_load_state()

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def act(self, case: UUID, action: str, button: str, **fields: str) -> None:
        """Fill in the act's form as a person would and press the button."""
        self.go(f"/cases/{case}/act/{action}/")
        for name, value in fields.items():
            field = self.page.locator(f'[name="{name.replace("__", ".")}"]').last
            if not field.is_visible():
                self.page.click("details.more summary")
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        self.page.click(f"button:has-text('{button}')")
        self.page.wait_for_load_state()

    def sees(self, text: str) -> bool:
        return text in self.page.inner_text("body")


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
