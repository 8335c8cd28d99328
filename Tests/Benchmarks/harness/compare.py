"""Compares two folders of CDM tables: python compare.py SETTINGS.json, in a process of its own.

Two programs number rows in different ways. So an id of a row itself is left out, and an id of another
row is replaced by a hash of what that row says. What is left of a table must be the same rows, as often
on both sides. Prints `{"rows": …, "differences": {table: [row, …]}}`.
"""

import json
import sys
from pathlib import Path

import duckdb

NUMBERS = {"value_as_number", "range_low", "range_high", "total_cost", "paid_by_payer"}

# What a row that is named says of itself: enough to know it among those of its person.
SAYS = {
    "location": ["address_1", "city", "state", "zip", "county"],
    "provider": ["provider_source_value"],
    "person": ["year_of_birth", "month_of_birth", "day_of_birth", "gender_source_value",
               "race_source_value", "ethnicity_source_value", "person_source_value"],
    "visit_occurrence": ["visit_concept_id", "visit_start_date", "visit_end_date",
                         "visit_source_value"],
    "visit_detail": ["visit_detail_start_datetime", "visit_detail_end_datetime",
                     "visit_detail_source_value"],
    "condition_occurrence": ["condition_start_date", "condition_source_value"],
    "drug_exposure": ["drug_exposure_start_datetime", "drug_source_value"],
    "procedure_occurrence": ["procedure_datetime", "procedure_source_value"],
    "measurement": ["measurement_datetime", "measurement_source_value"],
    "observation": ["observation_datetime", "observation_source_value"],
    "device_exposure": ["device_exposure_start_datetime", "device_source_value"],
}
# Visits of one class on the same days have no order that two programs could agree on but that of their
# keys. So which one precedes is compared apart, without what tells such visits from one another.
PRECEDING = "preceding_visit_occurrence_id"
DAYS = ["visit_concept_id", "visit_start_date", "visit_end_date"]
COST_DOMAINS = {
    "Condition": "condition_occurrence", "Drug": "drug_exposure",
    "Procedure": "procedure_occurrence", "Measurement": "measurement",
    "Observation": "observation", "Device": "device_exposure", "Visit": "visit_detail",
}
ENTITIES = ["location", "provider"]


def _load(connection, side, folder, tables):
    for table in tables:
        connection.execute(
            f"create table {side}.{table} as select * from read_csv('{folder}/{table}.csv', "
            "header = true, delim = ',', quote = '\"', escape = '\"', all_varchar = true, "
            "allow_quoted_nulls = false, nullstr = '')")


def _columns(connection, table):
    return [row[0] for row in connection.execute(f"describe ours.{table}").fetchall()]


def _describe(connection, side, tables):
    """A table `says` of each table that is named: id, person, hash of what the row says."""
    for table, fields in SAYS.items():
        if table not in tables:
            continue
        person = "null" if table in ENTITIES + ["person"] else "person_id"
        connection.execute(
            f"create table {side}.says_{table} as select {table}_id as id, {person} as owner, "
            f"hash({', '.join(fields)}) as says from {side}.{table}")


def _canonical(side, table, columns, tables):
    """The rows of a table without ids of their own."""
    chosen, joins = [], []

    def say(column, named, condition="true"):
        name = f"n{len(joins)}"
        joins.append(
            f"left join {side}.says_{named} {name} on {name}.id = t.{column} and {condition}")
        # A row of another person is not the one that is meant.
        owned = "true" if named in ENTITIES + ["person"] or "person_id" not in columns else (
            f"{name}.owner = t.person_id")
        return (
            f"case when t.{column} is not null and {condition} then "
            f"case when {name}.id is not null and {owned} then {name}.says::varchar "
            "else 'lost' end end")

    for column in columns:
        named = column.removesuffix("_id")
        if column == f"{table}_id" and table != "death":
            continue
        if column == PRECEDING:
            continue
        if column == "cost_event_id":
            for domain, event in COST_DOMAINS.items():
                if event in tables:
                    text = say(column, event, f"t.cost_domain_id = '{domain}'")
                    chosen.append(f"{text} as cost_of_{event}")
        elif named in SAYS and named in tables:
            chosen.append(f"{say(column, named)} as {column}")
        elif column in NUMBERS:
            chosen.append(f"cast(t.{column} as decimal(18, 6)) as {column}")
        else:
            chosen.append(f"t.{column}")
    return f"select {', '.join(chosen)} from {side}.{table} t {' '.join(joins)}"


def _preceding(side):
    """The days and class of each visit, and of the one that precedes it."""
    return (
        f"select n.says::varchar as person_id, {', '.join('t.' + field for field in DAYS)}, "
        f"case when t.{PRECEDING} is not null then case when p.person_id = t.person_id "
        f"then hash({', '.join('p.' + field for field in DAYS)})::varchar else 'lost' end end "
        f"as {PRECEDING} from {side}.visit_occurrence t "
        f"left join {side}.says_person n on n.id = t.person_id "
        f"left join {side}.visit_occurrence p on p.visit_occurrence_id = t.{PRECEDING}")


def _doubled(connection, side, table, columns):
    """Says where two rows of a table have one id."""
    if f"{table}_id" not in columns:
        return []
    return connection.execute(
        f"select '{side}: one id, several rows', {table}_id, count(*) from {side}.{table} "
        f"group by {table}_id having count(*) > 1 limit 3").fetchall()


def _surplus(connection, ours, other):
    """The first rows that one side has more often than the other.

    Two hashes of 64 bits, of the row and of the row with a word before it, tell whether there are any.
    """
    both = f"select 1 as side, * from ({ours}) union all select -1, * from ({other})"
    hashed = " union all ".join(
        f"select {side} as side, hash(t) as first, hash('again', t) as second from ({rows}) t"
        for side, rows in ((1, ours), (-1, other)))
    differ = connection.execute(
        f"select 1 from ({hashed}) group by first, second having sum(side) <> 0 limit 1").fetchone()
    if not differ:
        return []
    found = connection.execute(
        "select * from (select sum(side)::varchar as surplus_of_ours, * exclude (side) "
        f"from ({both}) group by all having sum(side) <> 0) order by all limit 6")
    names = [column[0] for column in found.description]
    return [
        {name: str(value) for name, value in zip(names, row) if value is not None}
        for row in found.fetchall()]


def main(settings):
    connection = duckdb.connect(settings["database"])
    connection.execute("set memory_limit = '8GB'")
    connection.execute("set preserve_insertion_order = false")
    tables = settings["tables"]
    for side in ("ours", "other"):
        connection.execute(f"create schema {side}")
        _load(connection, side, settings[side], tables)
        _describe(connection, side, tables)
    rows, differences = {}, {}
    for table in tables:
        columns = _columns(connection, table)
        ours, other = (_canonical(side, table, columns, tables) for side in ("ours", "other"))
        differing = _surplus(connection, ours, other)
        differing += _doubled(connection, "ours", table, columns)
        differing += _doubled(connection, "other", table, columns)
        if PRECEDING in columns:
            differing += _surplus(connection, _preceding("ours"), _preceding("other"))
        rows[table] = connection.execute(f"select count(*) from ours.{table}").fetchone()[0]
        if differing:
            differences[table] = differing
    connection.close()
    return {"rows": rows, "differences": differences}


if __name__ == "__main__":
    print(json.dumps(main(json.loads(Path(sys.argv[1]).read_text()))))
