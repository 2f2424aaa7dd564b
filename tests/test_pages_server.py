"""The server of the browser: it comes up anywhere, and ends when it is asked to."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest
from conftest import WriteLibrary, kb_process

pytestmark = pytest.mark.e2e

PATIENCE = 60


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_up(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _wait(port: int, process: subprocess.Popen[bytes], *, up: bool) -> None:
    end = time.monotonic() + PATIENCE
    while _is_up(port) != up and time.monotonic() < end and (process.poll() is None or not up):
        time.sleep(0.2)
    assert _is_up(port) is up


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_server_ends_quietly_and_leaves_nothing_behind(
    library: WriteLibrary, tmp_path: Path, sign: signal.Signals
) -> None:
    """Ctrl-C (which a terminal sends to all) is no failure; nor is being asked to end."""
    home = library(bib={"a.bib": "@misc{one2020, title = {One}, date = {2020}, url = {https://example.org}}"})
    port, log = _port(), tmp_path / "log"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with log.open("wb") as output:
        arguments = ("serve", "--port", str(port), "--no-browser", "--library", str(home.root))
        process = kb_process(*arguments, cwd=elsewhere, output=output)
        try:
            _wait(port, process, up=True)
            if sign == signal.SIGINT:
                os.killpg(process.pid, sign)
            else:
                process.send_signal(sign)
            assert process.wait(timeout=PATIENCE) == 0
            _wait(port, process, up=False)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    assert "Traceback" not in log.read_text("utf-8")
