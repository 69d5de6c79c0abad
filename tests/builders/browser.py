"""A headless Chromium, Debian's own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# No sandbox, as tests may run as root; and nothing fetched on the browser's own account.
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync")  # fmt: skip
# What a page shows once it is there: on a busy machine the mesh behind it may take its time.
PATIENCE_MS = 60_000


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Skips where no Chromium is installed; under INFINURE_REQUIRE_ALL that is a failure."""
    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        if os.environ.get("INFINURE_REQUIRE_ALL"):
            pytest.fail("no Chromium is installed")
        pytest.skip("no Chromium is installed")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield browser
        browser.close()
