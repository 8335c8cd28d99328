"""Inputs are made once; a generator that was changed makes them anew."""

import shutil
import zlib
from pathlib import Path


def done(folder, generator):
    """The file that says how many rows an input has, which is there once the input is whole.

    What another state of the generator has made is removed.
    """
    file = folder / f"rows-{zlib.crc32(Path(generator).read_bytes()):08x}"
    if not file.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    return file
