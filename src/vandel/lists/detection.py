"""Which format a file has, found from its first bytes and never from its name alone."""

from __future__ import annotations

import csv
import re

from vandel.lists.markup import root_of
from vandel.lists.refusal import ListRefused
from vandel.lists.safety import Limits, Material, Part, gather
from vandel.lists.tables import decoded
from vandel.lists.workbook import sheet_names

_HTML = re.compile(rb"^\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_XML_ROOTS = {
    ("http://eu.europa.ec/fpi/fsd/export", "export"): "eu-fsf-xml-1.1",
    ("", "CONSOLIDATED_LIST"): "un-xml",
    ("*", "sdnList"): "ofac-xml",
    ("*", "Designations"): "uk-sl-xml",
}
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def format_of(material: Material) -> str:
    """The format's name. Errors: ``ListRefused`` (lists.html, lists.unknown_format and those of the root)."""
    found = {_format(part) for part in material.parts[:50]}
    if len(found) > 1:
        names = ", ".join(sorted(found))
        raise ListRefused("lists.mixed_formats", f"The files have different formats: {names}.")
    return found.pop()


def _format(part: Part) -> str:
    head = part.head(64 * 1024)
    bare = head
    for mark in _BYTE_ORDER_MARKS:
        bare = bare.removeprefix(mark)
    if _HTML.match(bare.replace(b"\x00", b"")):
        raise ListRefused(
            "lists.html",
            f"{part.name} is a web page, not a list: the server probably answered with a message for people.",
            name=part.name,
        )
    start = bare.replace(b"\x00", b"").lstrip()[:1]
    if head.startswith(b"PK"):
        return _workbook(part)
    if start == b"<":
        return _markup(part)
    if start == b"{":
        return "ftm-jsonl"
    return _table(part, head)


def _markup(part: Part) -> str:
    root = root_of(part)
    for namespace in (root.namespace, "*"):
        name = _XML_ROOTS.get((namespace, root.tag))
        if name:
            return name
    raise ListRefused(
        "lists.wrong_root",
        f"The file's root element is {root.tag!r}: not a list that can be read.",
        root=root.tag,
    )


def _workbook(part: Part) -> str:
    sheets = sheet_names(part)
    if any("особи" in sheet.lower() for sheet in sheets):
        return "ua-nsdc-xlsx"
    return "uk-conlist"


def _table(part: Part, head: bytes) -> str:
    text = decoded(head, partial=True)
    lines = text.lstrip("\ufeff").splitlines()[:3]
    first, top = (lines[0] if lines else ""), "\n".join(lines)
    if re.match(r'"?(amendedCelex|celex),', first):
        return "eu-journal-csv"
    if "Entity_LogicalId" in first:
        return "eu-fsf-csv-1.1"
    if "Entity_logical_id" in first:
        return "eu-fsf-csv-1.0"
    if "Group ID" in top and "Name 6" in top and "Unique ID" not in top:
        return "uk-conlist"
    if "Unique ID" in top and "Name 6" in top:
        return "uk-sl-csv"
    if _is_ofac(first):
        return "ofac-csv"
    raise ListRefused(
        "lists.unknown_format", f"{part.name} is in no format that can be read.", name=part.name
    )


def _is_ofac(line: str) -> bool:
    cells = next(csv.reader([line]), [])
    return len(cells) in (12, 5, 6) and cells[0].strip().isdigit() and "-0-" in line


def with_siblings(parts: tuple[Part, ...], limits: Limits) -> tuple[Part, ...]:
    """A single OFAC name file with its alias and address files, found by name in the same folder."""
    only = parts[0]
    if len(parts) != 1 or only.path is None or _kind_in_name(only.name) is None:
        return parts
    stem, kind = _kind_in_name(only.name) or ("", "")
    lines = decoded(only.head(8192), partial=True).lstrip("\ufeff").splitlines()
    if not lines or not _is_ofac(lines[0]):
        return parts
    found = list(parts)
    for other in ("alt", "add"):
        wanted = stem.replace(kind, other).lower()
        for path in sorted(only.path.parent.iterdir()):
            if path.name.lower() == wanted:
                found += gather(path, limits)
    return tuple(found)


def _kind_in_name(name: str) -> tuple[str, str] | None:
    lower = name.lower()
    for kind in ("sdn", "prim"):
        if kind in lower:
            return lower, kind
    return None
