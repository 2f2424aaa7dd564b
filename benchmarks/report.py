"""The figures as a table for people and as JSON for programs, with what they were measured on."""

import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TypeAlias

from benchmarks.measure import Figure

Report: TypeAlias = Mapping[str, Sequence[Figure]]

_LIBRARIES = ("bibtexparser", "pylatexenc", "ruamel.yaml", "markdown-it-py", "msgspec", "typer", "rich")
_HEADS = ("", "entries", "found", "lost", "CPU", "wall", "entries/s", "peak", "beside", "is", "aim", "")


def machine() -> dict[str, str]:
    """What the figures depend on: processor, memory, versions; and the date."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": f"{_first('/proc/cpuinfo', 'model name') or platform.machine()}, {os.cpu_count()} cores",
        "memory": _first("/proc/meminfo", "MemTotal") or "unknown",
        "load": ", ".join(f"{load:.1f}" for load in os.getloadavg()) if hasattr(os, "getloadavg") else "",
        "system": platform.platform(),
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        **{name: version(name) for name in _LIBRARIES},
    }


def _first(path: str, name: str) -> str:
    """The first value of this name in a file of the kernel; "" where there is none."""
    if not Path(path).is_file():
        return ""
    lines = (line.partition(":") for line in Path(path).read_text("utf-8").splitlines())
    return next((value.strip() for key, _, value in lines if key.strip() == name), "")


def table(figures: Sequence[Figure]) -> str:
    """The figures of one question as a table in Markdown, without columns in which nothing stands."""
    told = list(map(_row, figures))
    filled = [i for i in range(len(_HEADS)) if any(row[i] for row in told)]
    rows = [[row[i] for i in filled] for row in (_HEADS, ["---"] * len(_HEADS), *told)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(filled))]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    )


def _row(figure: Figure) -> tuple[str, ...]:
    aim = f"≤ {figure.most:g}" if figure.most is not None else ""
    aim = f"≥ {figure.least:g}" if figure.least is not None else aim
    entries = figure.counted
    return (
        figure.name,
        f"{entries.written:,}" if entries else "",
        f"{entries.found:,}" if entries else "",
        f"{entries.lost:,}" if entries else "",
        _seconds(figure.cost.cpu),
        _seconds(figure.cost.wall),
        f"{entries.written / figure.cost.cpu:,.0f}" if entries else "",
        f"{figure.cost.peak / 2**20:,.0f} MB" if figure.cost.peak else "",
        figure.beside,
        "" if figure.value is None else f"{figure.value:,.{figure.digits}f}",
        aim,
        {True: "met", False: "MISSED", None: ""}[figure.met],
    )


def _seconds(value: float) -> str:
    if not value:
        return ""
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.3g} ms"


def plain(about: Mapping[str, str], report: Report) -> dict[str, object]:
    """Everything as plain values, for JSON."""
    return {
        "machine": dict(about),
        "figures": [
            {
                "question": question,
                "name": figure.name,
                "cpu_seconds": figure.cost.cpu,
                "wall_seconds": figure.cost.wall,
                "beside": figure.beside,
                "value": figure.value,
                "at_most": figure.most,
                "at_least": figure.least,
                "met": figure.met,
                "peak_bytes": figure.cost.peak,
                "entries": asdict(figure.counted) if figure.counted else None,
            }
            for question, figures in report.items()
            for figure in figures
        ],
    }
