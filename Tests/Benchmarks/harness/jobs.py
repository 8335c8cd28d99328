"""The runs that cases compare, each done once however many cases ask for it."""

import filecmp
import functools
import json
import shutil

from . import laboratory, measure, synthea
from .tools import HERE, ROOT

SYNTHEA_TABLES = [
    "location", "care_site", "provider", "person", "payer_plan_period", "visit_occurrence",
    "visit_detail", "death", "condition_occurrence", "drug_exposure", "procedure_occurrence",
    "device_exposure", "measurement", "observation", "cost", "condition_era", "drug_era",
    "observation_period",
]
SYNTHEA_SQL = [
    "1-vocabulary", "2-persons", "3-encounters", "4-visits", "5-events", "6-derived",
    "7-export",
]
# The day of every run, which is that of the delivery.
DELIVERED = "2026-01-06"
LABORATORY_TABLES = ["person", "observation_period", "measurement"]


class Jobs:
    """Inputs, runs and comparisons; what was done is remembered."""

    def __init__(self, tools, asked, goals):
        self.tools, self.goals = tools, goals
        self.runs = asked.runs
        self.megabytes, self.persons, self.largest = asked.megabytes, asked.persons, asked.largest
        self.concepts = asked.concepts
        self.ours = functools.cache(self._ours)
        self.duckdb = functools.cache(self._duckdb)
        self.input = functools.cache(self._input)
        self.checked = functools.cache(self._checked)

    # Inputs. A kind is ("synthea", persons), ("laboratory", megabytes) or ("person", rows).

    def _input(self, kind):
        """The input of a kind, made when the work folder lacks it, and read once to warm the cache."""
        name, size = kind
        folder = self.tools.work / "input" / f"{name}-{size}"
        if name == "synthea":
            reference = self.tools.reference
            found = synthea.make(reference, folder, size)
            found["vocabulary"] = synthea.vocabulary(reference, folder / "vocabulary")
            found["mappings"] = ROOT / "mappings"
        else:
            found = (
                laboratory.make(folder, size * 1_000_000, 50_000) if name == "laboratory"
                else laboratory.make(folder, 140_000_000, 50_000, largest=size))
            found["vocabulary"], found["mappings"] = folder / "vocabulary", folder / "mappings"
        found["data"] = folder / "data"
        for file in found["data"].iterdir():
            with open(file, "rb", buffering=0) as content:
                while content.read(1 << 20):
                    pass
        print(
            f"  input {name} {size}: {found['rows']:,} rows, {found['bytes'] / 1e6:,.0f} MB", flush=True)
        return found

    def place(self, kind, name):
        """Where a run over an input writes."""
        return self.tools.work / "output" / f"{kind[0]}-{kind[1]}" / name

    def tell(self, name, ours, other):
        """Prints what two runs took, whose outputs were compared."""
        print(f"  {name}: ours {ours}; other {other}", flush=True)

    # Runs.

    def _ours(self, kind, target, threads, memory):
        """Écluse over an input: the quickest of the runs, each from nothing."""
        path = self.place(kind, f"ours-{target}-{threads}-{memory}")
        command = self._command(kind, f"{target}:{path}", threads, memory)
        found = []
        for _ in range(self.runs):
            remove(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            found.append(measure.run(command, self.tools.work / "log" / f"{kind[0]}-{path.name}"))
        return measure.best(found)

    def allocations(self, kind, memory):
        """What a run asks of the allocator, and the rows that it reads and writes."""
        path = self.place(kind, "counted")
        told = self.tools.work / "log" / "allocations"
        remove(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        measured = measure.run(
            self._command(kind, f"csv:{path}", 1, memory), told,
            {"LD_PRELOAD": str(self.tools.counter()), "ALLOCATION_COUNT": str(told)})
        says = json.loads(measured.output)
        remove(path)
        return int(told.read_text()), says["rowsRead"] + says["rowsLoaded"]

    def _command(self, kind, target, threads, memory):
        source = self.input(kind)
        project = ROOT / "pipelines/synthea.yaml"
        settings = ["data", "vocabulary"]
        if kind[0] != "synthea":
            project = HERE / "laboratory/project.yaml"
            settings.append("mappings")
        command = [self.tools.ecluse, "run", project]
        for name in settings:
            command += ["--set", f"{name}={source[name]}"]
        return command + [
            "--target", target, "--as-of", DELIVERED, "--threads", threads, "--memory", memory,
            "--quiet", "--format", "json"]

    def index_mib(self, kind, target, threads, memory):
        """The size of the vocabulary's index that a run made."""
        path = self.place(kind, f"ours-{target}-{threads}-{memory}")
        index = path.with_name(path.name + ".state") / "vocabulary.index"
        return index.stat().st_size / (1 << 20)

    def phases(self, measured):
        """What a run says of its phases, or nothing where the program does not tell."""
        return json.loads(measured.output).get("phases", {})

    def rows_out(self, folder, tables):
        """The rows of a folder of tables, without their headers."""
        rows = 0
        for table in tables:
            with open(folder / f"{table}.csv", "rb") as file:
                rows += sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1
        return rows

    def _duckdb(self, kind, threads):
        """DuckDB over an input: the quickest of the runs.

        Its time begins with the connection: starting Python and reading the library is not counted.
        """
        source = self.input(kind)
        path = self.place(kind, "duckdb")
        if kind[0] == "synthea":
            files = [HERE / "synthea" / f"{name}.sql" for name in SYNTHEA_SQL]
        else:
            files = [HERE / "laboratory/laboratory.sql"]
        values = {name: source[name] for name in ["data", "vocabulary", "mappings"]}
        values |= {"output": path, "pipelines": ROOT / "pipelines", "delivered": DELIVERED}
        settings = {"threads": threads, "database": ":memory:", "files": files, "values": values}
        found = []
        for _ in range(self.runs):
            remove(path)
            path.mkdir(parents=True)
            measured, says = self.tools.harness(f"{kind[0]}-duckdb", "duck.py", settings)
            measured.seconds = says["seconds"]
            found.append(measured)
        return measure.best(found)

    # Comparisons: each ends the benchmark where outputs are not the same.

    def _checked(self, kind, target, threads, memory):
        """Compares a run's CDM with that of DuckDB, all but the numbers of rows. Returns the rows."""
        tables = SYNTHEA_TABLES if kind[0] == "synthea" else LABORATORY_TABLES
        database = self.place(kind, "compare.db")
        remove(database)
        _, says = self.tools.harness(f"{kind[0]}-compare", "compare.py", {
            "ours": self.place(kind, f"ours-{target}-{threads}-{memory}"),
            "other": self.place(kind, "duckdb"), "tables": tables, "database": database})
        remove(database)
        if says["differences"]:
            raise measure.Failed(
                "outputs differ from those of DuckDB:\n"
                + json.dumps(says["differences"], indent=1, ensure_ascii=False))
        return sum(says["rows"].values())

    def same_bytes(self, kind, first, second):
        """Compares the folders of two runs of our own, which must be the same to the byte."""
        folders = [self.place(kind, "ours-{}-{}-{}".format(*run)) for run in (first, second)]
        names = [sorted(file.name for file in folder.iterdir()) for folder in folders]
        same = names[0] == names[1] and not any(
            filecmp.cmpfiles(*folders, names[0], shallow=False)[1:])
        if not same:
            raise measure.Failed(f"{folders[0]} and {folders[1]} differ")


def remove(path):
    """Removes a target and its state, whatever is there."""
    for found in (path, path.with_name(path.name + ".state")):
        if found.is_dir():
            shutil.rmtree(found)
        else:
            found.unlink(missing_ok=True)
