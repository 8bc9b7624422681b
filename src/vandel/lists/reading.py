"""From a path to a ``ParsedList``: gather the files, find the format, call its reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from vandel.lists.detection import format_of, with_siblings
from vandel.lists.parsed import ParsedList
from vandel.lists.readers import (
    eu_fsf_csv,
    eu_fsf_xml,
    eu_journal,
    ftm,
    ofac_csv,
    ofac_xml,
    ua_nsdc,
    uk_conlist,
    uk_sl_csv,
    uk_sl_xml,
    un_xml,
)
from vandel.lists.refusal import ListRefused
from vandel.lists.safety import Deadline, Limits, Material, gather

# Raised whenever any reader gives other listings for the same file, so that guards compare like with like.
READER_VERSION = "1"

Reader = Callable[[Material, str], ParsedList]

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        eu_fsf_xml.FORMAT: eu_fsf_xml.read,
        eu_fsf_csv.FORMAT: eu_fsf_csv.read,
        eu_fsf_csv.FORMAT_OLD: eu_fsf_csv.read_old,
        eu_journal.FORMAT: eu_journal.read,
        un_xml.FORMAT: un_xml.read,
        ofac_csv.FORMAT: ofac_csv.read,
        ofac_xml.FORMAT: ofac_xml.read,
        uk_conlist.FORMAT: uk_conlist.read,
        uk_sl_xml.FORMAT: uk_sl_xml.read,
        uk_sl_csv.FORMAT: uk_sl_csv.read,
        ua_nsdc.FORMAT: ua_nsdc.read,
        ftm.FORMAT: ftm.read,
    }
)


def detect(path: Path) -> str:
    """The format of a file, folder or archive, found from its content. Errors: ``ListRefused``."""
    return format_of(Material(gather(Path(path), Limits())))


def collect(path: Path, *, limits: Limits | None = None, deadline: Deadline | None = None) -> Material:
    """The files that belong to a list given by one path (an OFAC file brings its siblings along)."""
    bounds = limits or Limits()
    return Material(with_siblings(gather(Path(path), bounds), bounds), bounds, deadline)


def read(
    path: Path,
    *,
    list_id: str,
    format: str | None = None,
    limits: Limits | None = None,
    deadline: Deadline | None = None,
) -> ParsedList:
    """Read a list within bounds. ``format`` is found from the content when it is not given.

    Errors: ``ListRefused``, one clear sentence, for anything that is not a whole list in a known format.
    """
    return read_material(collect(path, limits=limits, deadline=deadline), list_id, format=format)


def read_material(material: Material, list_id: str, *, format: str | None = None) -> ParsedList:
    """Read files already gathered; see ``read``."""
    found = format or format_of(material)
    reader = READERS.get(found)
    if reader is None:
        raise ListRefused(
            "lists.unknown_format",
            f"There is no format {found!r}; known are: {', '.join(READERS)}.",
            format=found,
        )
    return reader(material, list_id)
