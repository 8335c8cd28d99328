"""Runs a program and says what it took."""

import dataclasses
import os
import subprocess
import time


class Failed(Exception):
    """A program ended badly, or outputs differ: nothing can be said about times."""


class NotRun(Exception):
    """What a case needs is not there."""


@dataclasses.dataclass
class Measure:
    """What a run took."""

    seconds: float
    cpu: float
    peak_mib: float
    output: str = ""

    def __str__(self):
        return f"{self.seconds:.2f} s, CPU {self.cpu:.2f} s, {self.peak_mib:.0f} MiB"


def run(command, log, environment=None):
    """Runs a command to its end.

    The memory is the largest that was resident, as the kernel says of the one process when it ends.

    Args:
      log: where its output (`.out`) and its errors (`.err`) go.
      environment: what its environment has beside that of this process.
    """
    command = [str(word) for word in command]
    log.parent.mkdir(parents=True, exist_ok=True)
    out, errors = log.with_suffix(".out"), log.with_suffix(".err")
    with open(out, "wb") as stdout, open(errors, "wb") as stderr:
        # What others have written goes to the disk before the clock starts.
        os.sync()
        start = time.monotonic()
        process = subprocess.Popen(
            command, stdout=stdout, stderr=stderr, env=os.environ | (environment or {}))
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        tail = errors.read_text(errors="replace")[-2000:]
        raise Failed(f"{' '.join(command)}\nended with {process.returncode}:\n{tail}")
    return Measure(
        seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024,
        out.read_text(errors="replace"))


def best(measures):
    """The quickest of several runs, with the largest memory of all."""
    quickest = min(measures, key=lambda measure: measure.seconds)
    return dataclasses.replace(
        quickest, peak_mib=max(measure.peak_mib for measure in measures))
