"""What stands in an SQLite file, and whether two hold the same rows."""

import sqlite3


def schema(path):
    """The statements that make a file's tables, and those that make its indexes."""
    connection = sqlite3.connect(path)
    def statements(kind):
        rows = connection.execute(
            "select sql from sqlite_master where type = ? and sql is not null order by rowid",
            [kind])
        return ";\n".join(sql for (sql,) in rows) + ";\n"
    found = statements("table"), statements("index")
    connection.close()
    return found


def tables(path):
    """The names of a file's tables that have rows."""
    connection = sqlite3.connect(path)
    names = [
        name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    found = [name for name in names if connection.execute(f"select 1 from {name} limit 1").fetchone()]
    connection.close()
    return found


def count(path, table):
    """The number of rows of a table."""
    connection = sqlite3.connect(path)
    (rows,) = connection.execute(f"select count(*) from {table}").fetchone()
    connection.close()
    return rows


def difference(ours, other):
    """The first difference of two files, `None` when they hold the same; and how many rows there are."""
    if tables(ours) != tables(other):
        return "other tables have rows", 0
    rows = 0
    left, right = sqlite3.connect(ours), sqlite3.connect(other)
    for table in tables(ours):
        sql = f"select * from {table} order by 1"
        mine, theirs = left.execute(sql), right.execute(sql)
        while True:
            first, second = mine.fetchmany(5000), theirs.fetchmany(5000)
            if first != second:
                pairs = ((a, b) for a, b in zip(first, second) if a != b)
                return f"{table}: {next(pairs, 'not as many rows')}", rows
            if not first:
                break
            rows += len(first)
    return None, rows
