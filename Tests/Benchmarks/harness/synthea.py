"""Multiplies the public export of Synthea: the same persons again and again under other keys."""

import math
import re
from pathlib import Path

from . import inputs

UUID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

# What all persons share stays as it is. Files that no rule reads are not written.
SHARED = ["organizations", "providers", "payers"]
OF_PERSONS = [
    "patients", "encounters", "conditions", "allergies", "medications", "immunizations",
    "procedures", "devices", "observations", "payer_transitions",
]
VOCABULARY = {
    "CONCEPT.csv": "reconstructed-vocabulary/concept_seed.csv",
    "CONCEPT_RELATIONSHIP.csv": "vocabulary/concept_relationship_seed.csv",
    "VOCABULARY.csv": "vocabulary/vocabulary_seed.csv",
    "DOMAIN.csv": "vocabulary/domain_seed.csv",
    "CONCEPT_ANCESTOR.csv": "vocabulary/concept_ancestor_seed.csv",
}


def _rewritten(key, copy):
    """A key of the export as it is in a copy; the first copy keeps its keys.

    An odd factor visits every number of 32 bits once, so that no two copies share a key.
    """
    head = (int(key[:8], 16) + copy * 0x9E3779B1) & 0xFFFFFFFF
    return b"%08x" % head + key[8:]


def _multiply(source, target, copies, shared):
    """Writes a file's records once for each copy. Returns the number of records and of bytes."""
    header, body = source.read_bytes().split(b"\n", 1)
    if not body.endswith(b"\n"):
        body += b"\n"
    pieces, keys, end = [], [], 0
    for match in UUID.finditer(body):
        if match.group() not in shared:
            pieces.append(body[end:match.start()])
            keys.append(match.group())
            end = match.end()
    rest = body[end:]
    cells = [b""] * (2 * len(pieces))
    cells[0::2] = pieces
    distinct = set(keys)
    with open(target, "wb") as file:
        file.write(header + b"\n")
        for copy in range(copies):
            new = {key: _rewritten(key, copy) for key in distinct}
            cells[1::2] = [new[key] for key in keys]
            file.write(b"".join(cells) + rest)
    return body.count(b"\n") * copies


def make(reference, folder, persons):
    """Makes an export of at least so many persons, unless the folder has it.

    Returns a dictionary: `rows` and `bytes` that a run reads of persons, and `persons`.
    """
    source = Path(reference) / "synthea" / "synthea"
    base = (source / "patients.csv").read_bytes().count(b"\n") - 1
    copies = math.ceil(persons / base)
    done = inputs.done(folder, __file__)
    data = folder / "data"
    if not done.exists():
        data.mkdir(parents=True, exist_ok=True)
        shared = set()
        for name in SHARED:
            content = (source / f"{name}.csv").read_bytes()
            shared.update(UUID.findall(content))
            (data / f"{name}.csv").write_bytes(content)
        rows = 0
        for name in OF_PERSONS:
            rows += _multiply(source / f"{name}.csv", data / f"{name}.csv", copies, shared)
        done.write_text(str(rows))
    return {
        "data": data,
        "persons": copies * base,
        "rows": int(done.read_text()),
        "bytes": sum(file.stat().st_size for file in data.iterdir()),
    }


def vocabulary(reference, folder):
    """Lays out the vocabulary of the export under the names that Athena gives its files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, file in VOCABULARY.items():
        link = folder / name
        if not link.exists():
            link.symlink_to(Path(reference) / "synthea" / file)
    return folder
