"""One reader per format of a register's file: streams in, records of organisations out, persons dropped."""

from vandel.registers.readers.reading import detect, read
from vandel.registers.readers.tally import Tally

__all__ = ["Tally", "detect", "read"]
