"""The server of the browser, as a process of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from kb.library import Library

_PACKAGE = Path(__file__).parent
LIBRARY, DATABASE = "KB_LIBRARY", "KB_DB"


def start(library: Library, *, port: int, browser: bool) -> int:
    """Serve ``library`` until it is stopped, and return the exit code; Ctrl-C is a quiet 0.

    Look and behaviour stand in ``.streamlit/config.toml`` beside the script,
    where Streamlit finds them whatever the working directory is.
    """
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(_PACKAGE / "__main__.py")),
        *("--server.port", str(port)),
        *("--server.headless", str(not browser).lower()),
        *("--server.showEmailPrompt", "false"),
    ]
    before = signal.signal(signal.SIGTERM, _interrupt)
    server = subprocess.Popen(command, env=_environment(library))  # noqa: S603  our own words, and a number
    try:
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(server)
        signal.signal(signal.SIGTERM, before)


def _interrupt(_signal: int, _frame: object) -> None:
    """Asked to end, do as on Ctrl-C: no server is left behind."""
    raise KeyboardInterrupt


def _environment(library: Library) -> dict[str, str]:
    """What the pages need to know: which library, and where this package lies."""
    paths = (str(_PACKAGE.parent.parent), os.environ.get("PYTHONPATH", ""))
    return {
        **os.environ,
        LIBRARY: str(library.root),
        DATABASE: str(library.database),
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server, gently first; it had the Ctrl-C too, so it is often gone already."""
    server.terminate()
    try:
        server.wait(timeout=5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
