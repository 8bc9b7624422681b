"""Lists of sanctioned parties: readers, editions, guards, differences and the catalogue of sources."""

from vandel.lists.catalogue import ListSource, catalogue, source_of
from vandel.lists.difference import Change, Diff, diff
from vandel.lists.edition import Edition, SourceFile
from vandel.lists.fetching import Fetched, FetchRules, fetch
from vandel.lists.parsed import ParsedList
from vandel.lists.reading import READER_VERSION, detect, read
from vandel.lists.refusal import ListHeld, ListRefused
from vandel.lists.safety import Deadline, Limits
from vandel.lists.staleness import Staleness, age
from vandel.lists.store import EditionStore

__all__ = [
    "READER_VERSION",
    "Change",
    "Deadline",
    "Diff",
    "Edition",
    "EditionStore",
    "FetchRules",
    "Fetched",
    "Limits",
    "ListHeld",
    "ListRefused",
    "ListSource",
    "ParsedList",
    "SourceFile",
    "Staleness",
    "age",
    "catalogue",
    "detect",
    "diff",
    "fetch",
    "read",
    "source_of",
]
