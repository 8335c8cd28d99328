"""Figures against the committed goals, as a table and as bench.json."""

import dataclasses
import json


@dataclasses.dataclass
class Figure:
    """One figure of a case; without `ours` the case was not run, and `note` says why.

    `cpu` is the ratio of the seconds of all processors, which is steadier where others work too.
    """

    name: str
    ours: float | None = None
    other: float | None = None
    note: str | None = None
    cpu: float | None = None


def judged(figure, goals, trial=None):
    """The object of a figure in bench.json.

    A figure that was not taken is never met, nor is one of a trial over less than the goal speaks of.
    """
    goal = goals[figure.name]
    other = figure.other if figure.other is not None else goal.get("bound")
    ratio = met = None
    if figure.ours is not None:
        ratio = figure.ours / other
        met = ratio <= goal["at_most"] if "at_most" in goal else ratio >= goal["at_least"]
    limit = f"<= {goal['at_most']:g}" if "at_most" in goal else f">= {goal['at_least']:g}"
    found = {
        "name": figure.name, "unit": goal["unit"], "ours": _rounded(figure.ours),
        "other": _rounded(other), "ratio": _rounded(ratio), "goal": limit, "met": bool(met) and not trial,
        "what": goal["what"],
    }
    if figure.cpu is not None:
        found["cpu_ratio"] = _rounded(figure.cpu)
    if figure.note or trial:
        found["note"] = figure.note or trial
    return found


def _rounded(value):
    return None if value is None else float(f"{value:.4g}")


def times(name, ours, other):
    """The figure of two runs that did the same work."""
    return Figure(name, ours.seconds, other.seconds, cpu=ours.cpu / other.cpu)


def table(results):
    """The results as lines of text."""
    def cell(value):
        return "-" if value is None else f"{value:,.10g}"
    rows = [("case", "ours", "other", "unit", "ratio", "goal", "met", "CPU ratio")]
    for found in results:
        state = "yes" if found["met"] else "not run" if found["ours"] is None else "NO"
        if found.get("note", "").startswith("trial"):
            state = "trial"
        rows.append((found["name"], cell(found["ours"]), cell(found["other"]), found["unit"],
                     cell(found["ratio"]), found["goal"], state, cell(found.get("cpu_ratio"))))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            text.rjust(width) if 1 <= column <= 4 and column != 3 else text.ljust(width)
            for column, (text, width) in enumerate(zip(row, widths))]
        lines.append("  ".join(cells).rstrip())
    notes = [
        f"{found['name']}: {found['note']}" for found in results
        if not found.get("note", "trial").startswith("trial")]
    return "\n".join(lines + ([""] + notes if notes else []))


def write(path, results):
    """Writes bench.json; figures of cases that were not asked for this time stay."""
    kept = {}
    if path.exists():
        kept = {found["name"]: found for found in json.loads(path.read_text())}
    kept.update({found["name"]: found for found in results})
    path.write_text(
        json.dumps([kept[name] for name in sorted(kept)], indent=1, ensure_ascii=False) + "\n")
