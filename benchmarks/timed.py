"""A program run and measured from outside: ``timed.py OUTPUT PROGRAM …`` prints what it took as JSON.

It stands between the benchmark and the program because the kernel gives a
process the peak memory of the one that started it: this one has next to none.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes of ru_maxrss


def main(output: str, program: Sequence[str]) -> int:
    """Print the seconds and the peak memory; the program's words go to OUTPUT and OUTPUT.err."""
    start = time.perf_counter()
    with Path(output).open("wb") as out, Path(f"{output}.err").open("wb") as err:
        code = subprocess.run(program, stdout=out, stderr=err, check=False).returncode
    wall = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "wall": wall, "peak": used.ru_maxrss * _UNIT}))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
