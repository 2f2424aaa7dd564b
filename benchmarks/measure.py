"""What calls and commands cost, and what that says beside a peer.

CPU time (user and system) is what counts: other programs on the machine
lengthen the wall time, not it. What is compared is run in turn, so that a slow
minute falls on both; of several rounds the best counts.
"""

import gc
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor, and seconds by the clock; peak memory in bytes, 0 where nobody looked."""

    cpu: float
    wall: float
    peak: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """How many entries a file has, and how many a reader found, and said it could not read."""

    written: int
    found: int
    reported: int

    @property
    def lost(self) -> int:
        """How many went without a word."""
        return max(0, self.written - self.found - self.reported)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report.

    ``value`` is what the aim is about: a ratio to the peer ``beside``, or
    seconds, or what ``beside`` names; told to so many ``digits``. It should be
    at most ``most``, or at least ``least``.
    """

    name: str
    cost: Cost
    beside: str = ""
    value: float | None = None
    most: float | None = None
    least: float | None = None
    counted: Counted | None = None
    digits: int = 2

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        if self.value is None or (self.most is None and self.least is None):
            return None
        return (self.most is None or self.value <= self.most) and (
            self.least is None or self.value >= self.least
        )


def cost(work: Callable[[], object]) -> Cost:
    """What one call costs."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


def command(arguments: Sequence[str | Path], *, cwd: Path) -> Cost:
    """What a Python program costs in a process of its own, from start to end."""
    before, wall = _children(), time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=_environment(),
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return Cost(_children() - before, time.perf_counter() - wall)


def alone(program: Sequence[str | Path], *, output: Path, first: str = "") -> Cost:
    """What a program costs, children and peak memory included; what it says goes to ``output``.

    ``first`` is where Python looks for packages before anywhere else.

    Raises:
        subprocess.CalledProcessError: It failed; with what it said.
    """
    timed = [sys.executable, "-S", "-E", Path(__file__).with_name("timed.py"), output, *program]
    done = subprocess.run(timed, env=_environment(first), check=False, capture_output=True)
    if done.returncode:
        said = Path(f"{output}.err").read_text("utf-8", "replace")
        raise subprocess.CalledProcessError(done.returncode, timed, stderr=said)
    return Cost(**json.loads(done.stdout))


def _environment(first: str = "") -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    root = str(Path(__file__).parent.parent)
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (first, root, environment.get("PYTHONPATH"))))
    return environment


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def rounds(count: int, works: Mapping[str, Callable[[], Cost]]) -> dict[str, list[Cost]]:
    """The costs of each work, all run in turn so many times; every second round backwards."""
    costs: dict[str, list[Cost]] = {name: [] for name in works}
    gc.collect()  # the garbage of what was measured before
    for i in range(count):
        for name in list(works)[:: -1 if i % 2 else 1]:
            costs[name].append(works[name]())
    return costs


def best(costs: Sequence[Cost]) -> Cost:
    """The lowest processor time, the lowest time by the clock, and the highest peak."""
    return Cost(min(c.cpu for c in costs), min(c.wall for c in costs), max(c.peak for c in costs))


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each."""
    return Cost(median(c.cpu for c in costs), median(c.wall for c in costs))


def high(costs: Sequence[Cost]) -> Cost:
    """The 95th percentile of each; of one cost, itself."""
    if len(costs) < 2:
        return middle(costs)
    cpu, wall = (
        quantiles(values, n=20, method="inclusive")[-1]
        for values in ([c.cpu for c in costs], [c.wall for c in costs])
    )
    return Cost(cpu, wall)
