"""Browsers at a running copy: the tests' own, or the one that PRODUCT_URL and PRODUCT_DATA_DIR name."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.complaints import Complaints
from tests.browser.official import Official
from tests.browser.resident import Resident
from tests.browser.screens import DESK, PHONE
from tests.browser.site import Site

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("no-sandbox", "disable-gpu", "no-first-run", "disable-background-networking", "disable-component-update")
PATIENCE_MS = 15_000


@pytest.fixture(scope="package")
def site(request: pytest.FixtureRequest) -> Site:
    """The copy under test."""
    if url := os.environ.get("PRODUCT_URL"):
        return Site(url, Path(os.environ["PRODUCT_DATA_DIR"]))
    product = request.getfixturevalue("product")
    return Site(product.url, product.data_dir)


# Not for the whole session: while Playwright's loop runs, no test of another folder can run its own.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, with a profile of its own."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert found, "Chromium is missing: see setup/browser"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        arguments = [f"--{name}" for name in (*QUIET, "disable-sync")]
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """What the browsers of this test complained about; anything unexpected fails it."""
    collected = Complaints()
    yield collected
    assert collected.unexpected() == []


@pytest.fixture
def contexts(chromium: Browser, site: Site, complaints: Complaints) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a person's browser: own cookies, own storage; options as Playwright's ``new_context``."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = chromium.new_context(base_url=site.url, locale="vi-VN", **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", complaints.listen)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def phone(contexts: Callable[..., BrowserContext]) -> BrowserContext:
    """A resident's phone, 360 px wide, with a finger and no keyboard."""
    return contexts(viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2)


@pytest.fixture
def resident(phone: BrowserContext) -> Resident:
    """A resident who has just opened the page on a phone."""
    page = phone.new_page()
    page.goto("/")
    return Resident(page)


@pytest.fixture
def official(contexts: Callable[..., BrowserContext], site: Site) -> Callable[..., Official]:
    """Logs in: ``official(role, commune)``."""

    def log_in(role: str, commune: str = "") -> Official:
        return Official(contexts(viewport=DESK).new_page(), site.account(role, commune))

    return log_in


@pytest.fixture
def marker() -> str:
    """A word that nobody else says."""
    return f"dấu{uuid4().hex[:10]}"
