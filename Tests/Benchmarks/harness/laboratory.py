"""Makes an invented laboratory export: persons, results, a vocabulary and a mapping file.

The same arguments make the same bytes. Nobody is meant: a person is a number and a day of birth.
"""

import datetime
import random

from . import inputs

CODES = 800
UNITS = ["mmol/L", "g/L", "mg/dL", "U/L", "10*9/L", "%", "pg/mL", "mL/min", "ng/mL", "s"]
COMMENTS = [
    "", "", "", "", "", "contrôlé", "sérum hémolysé", "prélèvement répété à la demande du service",
    "technique : immunoturbidimétrie", '"résultat validé ; voir compte rendu"',
    '"valeur dite ""limite"""', "dilué au 1/10",
]
WORDS = ["traces", "négatif", "positif", "ininterprétable"]
# Concepts that the pipeline names itself.
OTHERS = [(8507, "MALE", "Gender"), (8532, "FEMALE", "Gender"), (32856, "Lab", "Type Concept")]
DAY = datetime.datetime(2015, 1, 1)
MAPPING = (
    "source_code,source_concept_id,source_vocabulary_id,source_code_description,target_concept_id,"
    "target_vocabulary_id,valid_start_date,valid_end_date,invalid_reason\n")


def _write(path, header, lines):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(header + "\n")
        file.writelines(line + "\n" for line in lines)


def _vocabulary(folder):
    """Standard tests, local codes of which some map to them, and units."""
    folder.mkdir(exist_ok=True)
    valid = "19700101\t20991231\t"
    concepts = ["0\tNo matching concept\tMetadata\tNone\tUndefined\t\tNo matching concept\t" + valid]
    edges = []
    for number in range(2000):
        concepts.append(
            f"{3000000 + number}\tTest {number}\tMeasurement\tTEST\tLab Test\tS\tT{number}\t{valid}")
        edges.append(f"{3000000 + number}\t{3000000 + number}\tMaps to\t{valid}")
    # Every fourth local code is in the vocabulary; most others are in the mapping file.
    for number in range(0, CODES, 4):
        concepts.append(
            f"{2000000000 + number}\tLocal {number}\tMeasurement\tLOCAL\tLab Test\t\tL{number:04}"
            f"\t{valid}")
        edges.append(f"{2000000000 + number}\t{3000000 + number}\tMaps to\t{valid}")
    for number, unit in enumerate(UNITS):
        concepts.append(f"{8700 + number}\t{unit}\tUnit\tUCUM\tUnit\tS\t{unit}\t{valid}")
        edges.append(f"{8700 + number}\t{8700 + number}\tMaps to\t{valid}")
    for concept, name, domain in OTHERS:
        concepts.append(f"{concept}\t{name}\t{domain}\t{domain}\t{domain}\tS\t{name}\t{valid}")
    _write(
        folder / "CONCEPT.csv",
        "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept"
        "\tconcept_code\tvalid_start_date\tvalid_end_date\tinvalid_reason", concepts)
    _write(
        folder / "CONCEPT_RELATIONSHIP.csv",
        "concept_id_1\tconcept_id_2\trelationship_id\tvalid_start_date\tvalid_end_date"
        "\tinvalid_reason", edges)
    names = ["None", "TEST", "LOCAL", "UCUM", "Gender", "Type Concept"]
    _write(
        folder / "VOCABULARY.csv",
        "vocabulary_id\tvocabulary_name\tvocabulary_reference\tvocabulary_version"
        "\tvocabulary_concept_id", [f"{name}\t{name}\t\t1\t0" for name in names])
    _write(
        folder / "DOMAIN.csv", "domain_id\tdomain_name\tdomain_concept_id",
        [f"{name}\t{name}\t0" for name in ["Metadata", "Measurement", "Unit", "Gender", "Type Concept"]])


def _mappings(folder):
    folder.mkdir(exist_ok=True)
    lines = [
        f"L{number:04},0,LOCAL,,{3000000 + number},TEST,1970-01-01,2099-12-31,"
        for number in range(CODES) if number % 4 != 0 and number % 10 != 7]
    _write(folder / "laboratory_codes.csv", MAPPING.strip(), lines)


def _tails(rand, count):
    """The ends of rows after their times."""
    tails = []
    for _ in range(count):
        # Few codes are most of the rows, as in a hospital.
        code = min(int(rand.expovariate(1 / 90)), CODES - 1)
        value = (
            rand.choice(WORDS) if rand.random() < 0.02
            else f"{rand.lognormvariate(2, 1.2):.{rand.choice((0, 1, 2, 3))}f}")
        unit = "" if rand.random() < 0.03 else UNITS[code % len(UNITS)]
        # One in twenty-five was cancelled.
        state = "A" if rand.random() < 0.04 else "V"
        low = f"{code % 50}.5" if code % 3 else ""
        high = f"{code % 50 + 20}" if code % 3 else ""
        tails.append(
            f";L{code:04};Dosage n° {code} (sang);{value};{unit};{low};{high};{state}"
            f";LABO{rand.randrange(40):02};{rand.choice(COMMENTS)}\n".encode())
    return tails


def make(folder, size, persons, largest=0):
    """Makes an export of about `size` bytes of results, unless the folder has it.

    Args:
      largest: the rows that belong to one more person than the others, besides these.
    Returns: rows of results and bytes that a run reads.
    """
    results = folder / "data" / "results.csv"
    done = inputs.done(folder, __file__)
    if not done.exists():
        results.parent.mkdir(parents=True, exist_ok=True)
        rand = random.Random(20260105)
        _vocabulary(folder / "vocabulary")
        _mappings(folder / "mappings")
        _write(
            folder / "data" / "patients.csv", "NIP;NUMERO;NAISSANCE;SEXE",
            (f"{70000000 + n * 17};E{n:07};{1930 + n % 85}-{1 + n % 12:02}-{1 + n % 28:02};"
             f"{'MF'[n % 2]}" for n in range(persons)))
        done.write_text(str(_results(results, rand, size, persons, largest)))
    files = (folder / "data").iterdir()
    return {"rows": int(done.read_text()), "bytes": sum(file.stat().st_size for file in files)}


def _results(path, rand, size, persons, largest):
    """Writes results in the order of their times; returns how many."""
    tails = _tails(rand, 1 << 16)
    row, written = 0, 0
    # So that the rows of the largest person lie among all others.
    share = largest / (largest + size / 140) if largest else 0
    with open(path, "wb") as file:
        written += file.write(
            b"RESULTAT;DEMANDE;NIP;PRELEVEMENT;VALIDATION;CODE;LIBELLE;VALEUR;UNITE;BORNE_INF"
            b";BORNE_SUP;ETAT;LABORATOIRE;COMMENTAIRE\n")
        while written < size or largest > 0:
            time = DAY + datetime.timedelta(minutes=row // 2)
            times = b";%s;%s" % tuple(
                (time + datetime.timedelta(minutes=late)).strftime("%d/%m/%Y %H:%M").encode()
                for late in (0, 95))
            lines = []
            for _ in range(1000):
                if largest > 0 and (written >= size or rand.random() < share):
                    person, largest = 0, largest - 1
                elif written < size:
                    person = int(rand.random() * persons)
                else:
                    break
                lines.append(b"%d;D%d;%d" % (
                    100000000 + row, 500000 + row // 7, 70000000 + person * 17))
                lines.append(times)
                lines.append(tails[int(rand.random() * 65536)])
                row += 1
            written += file.write(b"".join(lines))
    return row
