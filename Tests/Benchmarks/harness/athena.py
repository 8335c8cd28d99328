"""Codes of a made-up download of full size, and the same questions put to DuckDB."""

import subprocess

from . import measure
from .inputs import done

FILES = [
    "CONCEPT", "CONCEPT_RELATIONSHIP", "CONCEPT_ANCESTOR", "CONCEPT_SYNONYM", "DRUG_STRENGTH",
    "VOCABULARY",
]
# Half of the codes that are asked for map to concepts of another vocabulary.
ASKED = "NDC"


def make(tools, folder, concepts):
    """The files of a download, written when the work folder lacks them, and read once."""
    program, source = tools.program("athena")
    stamp = done(folder, source)
    if not stamp.exists():
        subprocess.run([program, folder / "download", str(concepts)], check=True)
        with open(folder / "download" / "CONCEPT.csv", encoding="utf-8") as rows, open(
                folder / "codes.txt", "w", encoding="utf-8") as codes:
            for row in rows:
                cells = row.split("\t", 7)
                if cells[3] == ASKED:
                    codes.write(cells[6] + "\n")
        stamp.touch()
    for file in (folder / "download").iterdir():
        with open(file, "rb", buffering=0) as content:
            while content.read(1 << 20):
                pass
    return folder / "download", folder / "codes.txt"


def compare(ours, other):
    """Ends the benchmark where two files of rows differ, whatever their order."""
    rows = [sorted(path.read_bytes().splitlines()[1:]) for path in (ours, other)]
    if rows[0] != rows[1]:
        raise measure.Failed(
            f"{ours} and {other} differ: {len(rows[0]):,} and {len(rows[1]):,} rows")
    return len(rows[0])
