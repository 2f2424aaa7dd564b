"""What tests share: small libraries, the shipped one, the served one, and a real Chromium."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import settings

from kb.library import Library, open_library

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from kb.ingest import Report

# Machines are shared and noisy: no test may fail for being slow.
settings.register_profile("kb", deadline=None)
settings.load_profile("kb")

ROOT = Path(__file__).parent.parent
TEXT = ("references", "notes", "kb.toml")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NO_CHROMIUM = "There is no Chromium: install one, or name one in KB_CHROMIUM."
SECONDS_TO_START = 90

WriteLibrary: TypeAlias = Callable[..., Library]


# --- libraries


@pytest.fixture
def library(tmp_path: Path) -> WriteLibrary:
    """Writes a small library: ``library(bib={"a.bib": "…"}, notes={"topics/x.md": "…"})``.

    Called again, it adds or overwrites those files.
    """
    root = tmp_path / "library"

    def write(bib: Mapping[str, str] | None = None, notes: Mapping[str, str] | None = None) -> Library:
        for folder, texts in (("references", bib or {}), ("notes", notes or {})):
            (root / folder).mkdir(parents=True, exist_ok=True)
            for name, text in texts.items():
                path = root / folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        return open_library(root)

    return write


@pytest.fixture(scope="session")
def _ingested(tmp_path_factory: pytest.TempPathFactory) -> "tuple[Library, Report]":
    from kb.ingest import ingest  # here, so that a room can be tested while another is being rebuilt

    library = open_library(ROOT, database=tmp_path_factory.mktemp("shipped") / "kb.db")
    return library, ingest(library)


@pytest.fixture(scope="session")
def shipped(_ingested: "tuple[Library, Report]") -> Library:
    """The references and notes of this repository, ingested; for reading only: see ``copied``."""
    return _ingested[0]


@pytest.fixture(scope="session")
def shipped_report(_ingested: "tuple[Library, Report]") -> "Report":
    """What ingesting the shipped text from nothing reported."""
    return _ingested[1]


@pytest.fixture
def copied(shipped: Library, tmp_path: Path) -> Library:
    """A copy of the shipped library, text and database, that a test may change."""
    return _copy(shipped, tmp_path / "copy")


def _copy(library: Library, folder: Path) -> Library:
    folder.mkdir()
    for name in TEXT:
        source = library.root / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        elif source.is_file():
            shutil.copy(source, folder / name)
    shutil.copy(library.database, folder / "kb.db")
    return open_library(folder)


# --- the served browser


@pytest.fixture(scope="session")
def served(shipped: Library, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library that ``serve`` shows: look here for what the browser wrote."""
    return _copy(shipped, tmp_path_factory.mktemp("served") / "library")


@pytest.fixture(scope="session")
def serve(served: Library) -> Iterator[str]:
    """The address at which `kb serve` shows ``served``, without a slash at its end."""
    port = _free_port()
    arguments = ["serve", "--port", str(port), "--no-browser", "--library", str(served.root)]
    log = served.root.parent / "serve.log"
    with log.open("wb") as output:
        process = kb_process(*arguments, cwd=served.root, output=output)
        try:
            address = f"http://localhost:{port}"
            _wait_until_well(address, process, log)
            yield address
        finally:
            _stop(process)


def kb_process(*arguments: str, cwd: Path, output: IO[bytes]) -> subprocess.Popen[bytes]:
    """The command `kb`, started in a process group of its own, installed or not."""
    code = "import sys; from kb.cli import main; sys.exit(main())"
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_well(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    said = log.read_text("utf-8", errors="replace")[-4000:]
    pytest.fail(f"kb serve did not come up within {SECONDS_TO_START} s. It said:\n{said}", pytrace=False)


def _stop(process: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            break
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            continue
    process.wait()


# --- Chromium


def _required() -> bool:
    return os.environ.get("KB_REQUIRE_CHROMIUM", "") not in {"", "0"}


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium. Without one the test skips; with KB_REQUIRE_CHROMIUM=1 it fails."""
    named = os.environ.get("KB_CHROMIUM")
    if named:
        found = shutil.which(named)
        if not found:
            pytest.fail(f"KB_CHROMIUM names {named}, which cannot be run.", pytrace=False)
        return found
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not found and _required():
        pytest.fail(f"{NO_CHROMIUM} (KB_REQUIRE_CHROMIUM is set.)", pytrace=False)
    if not found:
        pytest.skip(NO_CHROMIUM)
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> "Iterator[Browser]":
    """A real Chromium under Playwright's control."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a Chromium is required, an end-to-end test that skips has failed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and _required() and item.get_closest_marker("e2e"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and KB_REQUIRE_CHROMIUM is set: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One loud line, if end-to-end tests had to be skipped."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(NO_CHROMIUM in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_line(
            f"!!! {count} end-to-end tests were SKIPPED. {NO_CHROMIUM}", yellow=True, bold=True
        )
