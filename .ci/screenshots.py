#!/usr/bin/env python
"""Takes pictures of every page of a private, seeded house: `make screenshots`, or with `--guides` those of the guides.

Every page at desk and phone width in both languages, in the dark, and some on the smallest phone, into `screenshots/`
(ignored by git). Each picture is taken by the account a reader would have. Needs Chromium, as the tests do.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))
LANGUAGES = ("vi", "en")
DESK, PHONE, SMALL_PHONE = 1440, 390, 320  # CSS pixels
# What the smallest phone and the dark are looked at for; the rest is shaped the same.
SOME = ("home", "delegations-list", "delegations-detail", "delegations-new", "calendar", "report", "search-found")
# Pictures of the guides: file name → page, account, width, height. Small, so that a copy of the house stays small.
GUIDES = {
    "trang-chu": ("home", "vuit-canbo", DESK, 900),
    "ghi-doan": ("delegations-new", "vuit-canbo", DESK, 1000),
    "danh-sach": ("delegations-list", "vuit-canbo", DESK, 900),
    "hoat-dong": ("delegations-detail", "vuit-canbo", DESK, 1000),
    "bao-cao": ("report", "vuit-lanhdao", DESK, 1000),
    "lich": ("calendar", "vuit-canbo", DESK, 900),
    "lich-cua-toi": ("calendar-feeds", "vuit-canbo", DESK, 900),
    "lanh-dao": ("home", "vgcl-lanhdao", DESK, 1000),
    "dien-thoai": ("home", "vuit-canbo", PHONE, 800),
}
PASSWORD = "doan-ket-quoc-te"


@contextmanager
def house():
    """A seeded house of our own on a free port; gives its address, and is gone afterwards."""
    folder = tempfile.mkdtemp()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    os.environ |= {"DATA_DIR": folder, "DEBUG": "true", "ENV_FILE": "/dev/null", "LOG_LEVEL": "ERROR"}
    os.environ["REQUIRE_SECOND_FACTOR"] = "false"  # the accounts of the demo have none
    os.environ |= {"DJANGO_SETTINGS_MODULE": "unionrelations.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    manage = [sys.executable, str(HOUSE / "manage.py")]
    for command in ("migrate", "seed", "demo_accounts"):
        subprocess.run([*manage, command], check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        [*manage, "runserver", "--noreload", address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://{address}/healthz")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)


def wait_for(address: str, seconds: int = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    sys.exit(f"Nothing answers at {address}.")


class Camera:
    """One browser, with a window for each account, language and light."""

    def __init__(self, browser, address: str):
        self.browser, self.address = browser, address

    @contextmanager
    def window(self, account: str, language: str = "vi", light: str = "light", width: int = DESK, height: int = 900):
        shape = {"width": width, "height": height}
        context = self.browser.new_context(locale="vi-VN", viewport=shape, has_touch=width <= PHONE)
        context.add_cookies([{"name": "theme", "value": light, "url": self.address}])
        page = context.new_page()
        page.goto(f"{self.address}/sign-in/")
        page.fill("[name=username]", account)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{self.address}/")
        if page.get_attribute("html", "lang") != language:
            page.evaluate("one => document.querySelector(`button[name=lang][value=${one}]`).click()", language)
            page.wait_for_selector(f"html[lang={language}]", state="attached")
        yield page
        context.close()


def addresses(account: str) -> dict[str, str]:
    """The pages the tests look at too, as this account finds them."""
    import django

    django.setup()
    from tests.web.pages import pages
    from unionrelations.accounts.models import User

    return dict(pages(User.objects.get(username=account)))


def take_all(camera: Camera, found: dict[str, str], folder: Path) -> None:
    for language in LANGUAGES:
        for width, light, names in (
            (DESK, "light", found),
            (PHONE, "light", found),
            (DESK, "dark", found),
            (PHONE, "dark", SOME),
            (SMALL_PHONE, "light", SOME),
        ):
            target = folder / f"{language}-{width}-{light}"
            target.mkdir(parents=True, exist_ok=True)
            with camera.window("vgcl-quantri", language, light, width) as page:
                for name in names:
                    page.goto(camera.address + found[name])
                    page.screenshot(path=target / f"{name}.png", full_page=True)
            print(f"{target.relative_to(HOUSE)}: {len(names)} pictures", flush=True)


def take_guides(camera: Camera, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file, (name, account, width, height) in GUIDES.items():
        found = addresses(account)
        with camera.window(account, width=width, height=height) as page:
            page.goto(camera.address + found[name])
            page.screenshot(path=folder / f"{file}.png")
    print(f"{folder.relative_to(HOUSE)}: {sum(one.stat().st_size for one in folder.iterdir()) // 1000} kB")


def main() -> None:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        sys.exit("Pictures need Chromium, which is not installed here.")
    with house() as address, sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=program, args=options)
        camera = Camera(browser, address)
        if "--guides" in sys.argv:
            take_guides(camera, HOUSE / "docs/pictures")
        else:
            take_all(camera, addresses("vgcl-quantri"), HOUSE / "screenshots")
        browser.close()


if __name__ == "__main__":
    main()
