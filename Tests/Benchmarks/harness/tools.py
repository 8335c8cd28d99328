"""What the benchmark compares with: DuckDB in an environment of its own, the loader in C."""

import json
import os
import subprocess
import sys
from pathlib import Path

from . import measure

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent
DUCKDB = "duckdb==2.0.0"


class Tools:
    """Programs and folders of a benchmark."""

    def __init__(self, work, ecluse, threads):
        self.work = Path(work).resolve()
        self.work.mkdir(parents=True, exist_ok=True)
        self.ecluse = Path(ecluse).resolve()
        self.threads = threads
        self.here = HERE
        if not os.access(self.ecluse, os.X_OK):
            raise measure.NotRun(f"{self.ecluse}: no such program; make bench builds it")

    @property
    def reference(self):
        """The folder of public reference data."""
        folder = os.environ.get("ECLUSE_REFERENCE_DATA")
        if not folder or not (Path(folder) / "synthea" / "synthea").is_dir():
            raise measure.NotRun(
                "needs the export of Synthea: ECLUSE_REFERENCE_DATA must name the folder in which "
                "synthea/synthea lies")
        return Path(folder).resolve()

    def python(self):
        """A Python with DuckDB, installed when it is missing."""
        python = self.work / "venv" / "bin" / "python"
        stamp = self.work / "venv" / "installed"
        if not stamp.exists() or stamp.read_text() != DUCKDB:
            subprocess.run([sys.executable, "-m", "venv", self.work / "venv"], check=True)
            subprocess.run(
                [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", DUCKDB],
                check=True)
            stamp.write_text(DUCKDB)
        return python

    def program(self, name, *libraries):
        """A program in C and its source, compiled when it is missing or older than that."""
        source, program = HERE / f"{name}.c", self.work / name
        if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
            subprocess.run(
                ["cc", "-O2", "-Wall", "-Wextra", "-o", program, source, *libraries], check=True)
        return program, source

    def loader(self):
        """The loader in C."""
        return self.program("load", "-lsqlite3")[0]

    def counter(self):
        """The library that counts allocations, compiled when it is missing or older than its source."""
        source, library = HERE / "count.c", self.work / "count.so"
        if not library.exists() or library.stat().st_mtime < source.stat().st_mtime:
            subprocess.run(
                ["cc", "-O2", "-Wall", "-Wextra", "-shared", "-fPIC", "-o", library, source],
                check=True)
        return library

    def harness(self, name, script, settings):
        """Runs a script of the harness that needs DuckDB. Returns the measure and what it says."""
        file = self.work / "log" / f"{name}.settings.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings, default=str, indent=1))
        measured = measure.run(
            [self.python(), "-B", HERE / "harness" / script, file], self.work / "log" / name)
        return measured, json.loads(measured.output)
