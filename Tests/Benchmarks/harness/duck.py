"""Runs SQL files in DuckDB: python duck.py SETTINGS.json, in a process of its own, to be measured.

The settings say `threads`, `database` (a file), `files` (run in this order) and `values` (put in the
place of `${name}`). Prints the seconds from the connection to its end.
"""

import json
import string
import sys
import time
from pathlib import Path

import duckdb


def main(settings):
    start = time.monotonic()
    connection = duckdb.connect(settings["database"])
    connection.execute(f"set threads = {int(settings['threads'])}")
    # Only `order by` orders rows here.
    connection.execute("set preserve_insertion_order = false")
    steps = {}
    for file in settings["files"]:
        begun = time.monotonic()
        sql = string.Template(Path(file).read_text()).substitute(settings["values"])
        connection.execute(sql)
        steps[Path(file).stem] = round(time.monotonic() - begun, 3)
    connection.close()
    return {"seconds": time.monotonic() - start, "steps": steps}


if __name__ == "__main__":
    print(json.dumps(main(json.loads(Path(sys.argv[1]).read_text()))))
