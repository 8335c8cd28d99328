"""The cases. Each runs both sides, compares what they wrote, and only then yields its figures."""

import re

from . import athena, measure, sqlite
from .jobs import remove
from .report import Figure, times

# What the program takes of itself when nothing is said; no limit at all; the budget of (d) and (e).
USUAL, UNLIMITED, SMALL = "1GB", "16GB", "128MB"
# The peak stays below the budget and 64 MiB, so that this is what leads to 256 MiB.
TABLE = "192MB"


def a1(jobs):
    """The map stage alone, on one thread."""
    kind = ("laboratory", jobs.megabytes)
    run = jobs.ours(kind, "csv", 1, UNLIMITED)
    phase = jobs.phases(run).get("map", {})
    if "seconds" not in phase:
        raise measure.NotRun("ecluse run --format json does not tell its phases")
    jobs.duckdb(kind, jobs.tools.threads)
    jobs.checked(kind, "csv", 1, UNLIMITED)
    yield Figure("a1", jobs.input(kind)["bytes"] / 1e6 / phase["seconds"])


def a2(jobs):
    """One table, with ids and books."""
    kind, threads = ("laboratory", jobs.megabytes), jobs.tools.threads
    ours, other = jobs.ours(kind, "csv", threads, TABLE), jobs.duckdb(kind, threads)
    jobs.checked(kind, "csv", threads, TABLE)
    jobs.tell("a2", ours, other)
    yield times("a2", ours, other)
    yield Figure("a2-memory", ours.peak_mib - jobs.index_mib(kind, "csv", threads, TABLE))


def b(jobs):
    """All tables of many persons."""
    threads = jobs.tools.threads
    costs = []
    for name, persons in (("b-5000", jobs.persons // 10), ("b", jobs.persons)):
        kind = ("synthea", persons)
        ours, other = jobs.ours(kind, "csv", threads, USUAL), jobs.duckdb(kind, threads)
        rows = jobs.checked(kind, "csv", threads, USUAL) + jobs.input(kind)["rows"]
        jobs.tell(name, ours, other)
        yield times(name, ours, other)
        costs.append((ours.seconds / rows * 1e6, ours.cpu / rows * 1e6))
    yield Figure("b-memory", ours.peak_mib, min(other.peak_mib, jobs.goals["b-memory"]["bound"]))
    yield Figure("b-linear", costs[1][0], costs[0][0], cpu=costs[1][1] / costs[0][1])


def c(jobs):
    """The same into SQLite, against a loader that finds the rows finished."""
    kind, threads = ("synthea", jobs.persons), jobs.tools.threads
    ours = jobs.ours(kind, "sqlite", threads, USUAL)
    jobs.ours(kind, "csv", threads, USUAL)
    database = jobs.place(kind, f"ours-sqlite-{threads}-{USUAL}")
    finished = jobs.place(kind, f"ours-csv-{threads}-{USUAL}")
    loaded = jobs.place(kind, "load.sqlite")
    tables, indexes = (
        loaded.with_name(name) for name in ("tables.sql", "indexes.sql"))
    for file, statements in zip((tables, indexes), sqlite.schema(database)):
        file.write_text(statements)
    command = [
        jobs.tools.loader(), finished, tables, indexes, loaded, *sqlite.tables(database)]
    found = []
    for _ in range(jobs.runs):
        remove(loaded)
        found.append(measure.run(command, jobs.tools.work / "log" / "load"))
    other = measure.best(found)
    differing, _ = sqlite.difference(database, loaded)
    if differing:
        raise measure.Failed(f"{database} and {loaded} differ: {differing}")
    jobs.tell("c", ours, other)
    yield times("c", ours, other)
    yield _events(jobs, ours)


def _events(jobs, run):
    """How many rows of an event table go into SQLite in a second, before its indexes.

    Finishing and loading are one phase.
    """
    if "finish" not in jobs.phases(run):
        return Figure("c-events", note="not run: ecluse run --format json does not tell its phases")
    kind, threads = ("laboratory", jobs.megabytes), jobs.tools.threads
    events = jobs.ours(kind, "sqlite", threads, USUAL)
    database = jobs.place(kind, f"ours-sqlite-{threads}-{USUAL}")
    rows = sqlite.count(database, "measurement")
    return Figure("c-events", rows / jobs.phases(events)["finish"]["seconds"])


def d(jobs):
    """A small budget, so that most rows wait in scratch files."""
    kind, threads = ("synthea", jobs.persons), jobs.tools.threads
    small = jobs.ours(kind, "csv", threads, SMALL)
    whole = jobs.ours(kind, "csv", threads, UNLIMITED)
    jobs.same_bytes(kind, ("csv", threads, SMALL), ("csv", threads, UNLIMITED))
    jobs.tell("d", small, whole)
    yield times("d", small, whole)
    yield Figure("d-memory", small.peak_mib)


def e(jobs):
    """A second thread; and one person with most of the rows."""
    for name, kind, memory in (
        ("e-a", ("laboratory", jobs.megabytes), TABLE), ("e-b", ("synthea", jobs.persons), USUAL)):
        try:
            two, one = jobs.ours(kind, "csv", 2, memory), jobs.ours(kind, "csv", 1, memory)
        except measure.NotRun as missing:
            yield Figure(name, note=f"not run: {missing}")
            continue
        jobs.same_bytes(kind, ("csv", 2, memory), ("csv", 1, memory))
        jobs.tell(name, two, one)
        yield Figure(name, two.seconds, one.seconds)
    kind, threads = ("person", jobs.largest), jobs.tools.threads
    ours, other = jobs.ours(kind, "csv", threads, SMALL), jobs.duckdb(kind, threads)
    jobs.checked(kind, "csv", threads, SMALL)
    jobs.tell("e-person", ours, other)
    yield Figure("e-person", ours.peak_mib)


def f(jobs):
    """Allocations, which tell of work for each row where there should be work for each batch."""
    for name, kind, memory in (
        ("f-a", ("laboratory", 100), TABLE), ("f-b", ("synthea", 5000), USUAL)):
        try:
            count, rows = jobs.allocations(kind, memory)
        except measure.NotRun as missing:
            yield Figure(name, note=f"not run: {missing}")
            continue
        yield Figure(name, count / rows)


def g(jobs):
    """A download of full size: the index that finds codes, everything, and the codes looked up."""
    tools = jobs.tools
    folder = tools.work / "input" / f"athena-{jobs.concepts}"
    download, codes = athena.make(tools, folder, jobs.concepts)
    log, output = tools.work / "log", tools.work / "output" / "athena"
    output.mkdir(parents=True, exist_ok=True)
    lookup, whole = output / "lookup.index", output / "whole.index"
    build = [tools.ecluse, "vocabulary", "build", download, "--threads", tools.threads, "--output"]
    ours, other = output / "ours.csv", output / "other.csv"
    quick = measure.run([*build, lookup, "--only", "lookup"], log / "athena-lookup")
    measure.run(
        [tools.ecluse, "vocabulary", "lookup", lookup, codes, "--vocabulary", athena.ASKED,
         "--output", ours], log / "athena-codes")
    values = {"download": download, "codes": codes, "output": other, "vocabulary": athena.ASKED}
    steps = []
    for name in ("lookup", "rest"):
        remove(output / f"{name}.db")
        measured, says = tools.harness(f"athena-{name}", "duck.py", {
            "threads": tools.threads, "database": output / f"{name}.db",
            "files": [tools.here / "athena" / f"{name}.sql"], "values": values})
        measured.seconds = says["seconds"]
        steps.append(measured)
    athena.compare(ours, other)
    everything = measure.run([*build, whole], log / "athena-whole")
    jobs.tell("g-lookup", quick, steps[0])
    jobs.tell("g-whole", everything, steps[1])
    yield Figure("g-lookup", quick.seconds)
    yield times("g-import", quick, steps[0])
    yield Figure("g-whole", everything.seconds)
    yield Figure("g-memory", everything.peak_mib)
    # All codes eight times: of the first time the kernel's share is to bring the pages of the file in.
    many = output / "codes.txt"
    many.write_bytes(codes.read_bytes() * 8)
    rates = []
    for _ in range(3):
        measure.run(
            [tools.ecluse, "vocabulary", "lookup", lookup, many, "--vocabulary", athena.ASKED,
             "--output", output / "many.csv"], log / "athena-many")
        told = (log / "athena-many.err").read_text()
        rates.append([float(rate) for rate in re.search(
            r"found at ([0-9.]+), with their targets at ([0-9.]+) million", told).groups()])
    yield Figure("g-codes", max(found for found, _ in rates))
    yield Figure("g-targets", max(followed for _, followed in rates))
    yield Figure("g-open", 1000 * (_quickest(jobs, "show", whole, 1) - _quickest(jobs, "--help")))


def _quickest(jobs, *words):
    """The seconds of the quickest of twenty runs of a vocabulary command."""
    log = jobs.tools.work / "log" / "athena-open"
    return min(
        measure.run([jobs.tools.ecluse, "vocabulary", *words], log).seconds for _ in range(20))


CASES = {"a1": a1, "a2": a2, "b": b, "c": c, "d": d, "e": e, "f": f,
    "g": g}
# The figures of each, for a case that could not be run at all.
FIGURES = {
    "a1": ["a1"], "a2": ["a2", "a2-memory"], "b": ["b", "b-memory", "b-5000", "b-linear"],
    "c": ["c", "c-events"], "d": ["d", "d-memory"], "e": ["e-a", "e-b", "e-person"],
    "f": ["f-a", "f-b"],
    "g": ["g-lookup", "g-import", "g-whole", "g-memory", "g-codes", "g-targets", "g-open"],
}
