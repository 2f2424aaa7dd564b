"""The floors of the house: who may import whom."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

_LINT = """
import sys
from importlinter.cli import lint_imports
sys.exit(lint_imports(no_cache=True, no_logo=True))
"""


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """The linter's answer for the package in ``folder``; a process of its own, for it changes sys.path."""
    command = [sys.executable, "-c", _LINT]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def test_imports_run_downwards_only() -> None:
    """Every contract of pyproject.toml is kept."""
    answer = lint(ROOT)

    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_file_that_no_floor_names_is_refused(tmp_path: Path) -> None:
    """The list of floors is exhaustive: a kb/utils.py cannot slip in."""
    for source in sorted((ROOT / "kb").rglob("*.py")):
        copy = tmp_path / source.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (tmp_path / "kb" / "utils.py").write_text('"""Odds and ends."""\n', encoding="utf-8")

    answer = lint(tmp_path)

    assert answer.returncode == 1
    assert "utils" in answer.stdout
