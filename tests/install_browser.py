"""Find a Chromium for the browser tests, or install one: `python -m tests.install_browser`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    """The path of a Chromium on this machine, or None; the browser tests start this one."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def installers() -> list[list[list[str]]]:
    """The ways to install a Chromium on this machine, best first; each is a list of commands."""
    ways = [[[sys.executable, "-m", "playwright", "install", "chromium"]]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        debian = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
        ways = [[["apt-get", "update"], debian], *ways]
    return ways


def install() -> bool:
    """Try each way in turn; whether there is a browser afterwards."""
    for commands in installers():
        done = all(subprocess.run(command, check=False).returncode == 0 for command in commands)
        if done and find_browser():
            return True
    return False


def main() -> int:
    """Make sure that there is a browser; returns the exit code."""
    if find_browser() or install():
        return 0
    sys.stderr.write(
        "The browser tests need Chromium, and none could be installed. On Debian run "
        "`sudo apt-get install chromium`; elsewhere install Chromium or Google Chrome.\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
