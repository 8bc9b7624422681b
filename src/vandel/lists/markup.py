"""XML read as a stream of small records, with defusedxml's rules and bounds on everything.

Any DOCTYPE is refused at its first letter, before an entity could be declared, so that neither entity
expansion nor external entities nor a DTD from elsewhere can happen. Nothing outside the file is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from vandel.lists.refusal import ListRefused
from vandel.lists.safety import Limits, Material, Part

_SEPARATOR = " "


@dataclass(slots=True)
class Node:
    """An element without its namespace: local name, attributes, own text, children."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def all(self, *path: str) -> Iterator[Node]:
        """The descendants along a path of local names."""
        if not path:
            yield self
            return
        for child in self.children:
            if child.tag == path[0]:
                yield from child.all(*path[1:])

    def value(self, *path: str) -> str:
        """The stripped text of the first element along the path; empty when there is none."""
        return next((node.text.strip() for node in self.all(*path) if node.text.strip()), "")

    def values(self, *path: str) -> list[str]:
        """The stripped, non-empty texts of all elements along the path."""
        return [text for node in self.all(*path) if (text := node.text.strip())]

    def get(self, name: str) -> str:
        """An attribute's stripped value; empty when there is none."""
        return self.attributes.get(name, "").strip()


@dataclass(slots=True)
class Root:
    """The file's root: its name, namespace and attributes, known once reading has begun."""

    tag: str = ""
    namespace: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


def records(
    material: Material, part: Part, *, tags: frozenset[str], expect: Callable[[Root], bool]
) -> Iterator[tuple[Root, Node]]:
    """The elements named in ``tags``, one after another, each as a small tree; memory stays flat.

    ``expect`` says whether the root is the right one. Errors: ``ListRefused``.
    """
    reading = _Reading(material.limits, tags=tags, expect=expect)
    for chunk in part.chunks():
        material.tick()
        reading.feed(chunk)
        for node in reading.take():
            yield reading.root, node
    reading.close()
    for node in reading.take():
        yield reading.root, node


def root_of(part: Part) -> Root:
    """The root element, from the beginning of the file. Errors: ``ListRefused``."""
    reading = _Reading(Limits(), tags=frozenset(), expect=lambda root: True)
    for chunk in part.chunks():
        reading.feed(chunk)
        if reading.root.tag:
            return reading.root
    reading.close()
    return reading.root


class _Reading:
    """One run of the parser over one file."""

    def __init__(self, limits: Limits, *, tags: frozenset[str], expect: Callable[[Root], bool]) -> None:
        self.root = Root()
        self._limits = limits
        self._tags = tags
        self._expect = expect
        self._depth = self._elements = self._record_elements = 0
        self._fed = self._last_event = 0
        self._open: list[Node] = []
        self._texts: list[list[str]] = []
        self._done: list[Node] = []
        self._parser = self._parser_with_rules()

    def _parser_with_rules(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.EntityDeclHandler = _refuse_doctype
        parser.ExternalEntityRefHandler = _refuse_external
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        return parser

    def feed(self, chunk: bytes) -> None:
        self._fed += len(chunk)
        self._parse(chunk, final=False)
        # A token that never ends makes the parser start over with every piece.
        if self._fed - self._last_event > self._limits.token_bytes:
            raise ListRefused("lists.token_too_long", "The file has a tag or text without end.")

    def close(self) -> None:
        self._parse(b"", final=True)

    def take(self) -> list[Node]:
        done, self._done = self._done, []
        return done

    def _parse(self, chunk: bytes, *, final: bool) -> None:
        try:
            self._parser.Parse(chunk, final)
        except expat.ExpatError as error:
            _refuse_broken(error, final=final)
        except (LookupError, ValueError) as error:
            if isinstance(error, ListRefused):
                raise
            raise ListRefused("lists.encoding", "The file's declared encoding is not known.") from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._last_event = self._parser.CurrentByteIndex
        self._depth += 1
        self._elements += 1
        namespace, _, tag = name.rpartition(_SEPARATOR)
        self._check_bounds(attributes)
        if self._depth == 1:
            self.root.tag, self.root.namespace, self.root.attributes = tag, namespace, attributes
            if not self._expect(self.root):
                raise ListRefused(
                    "lists.wrong_root",
                    f"The file's root element is {tag!r}: not the list expected.",
                    root=tag,
                )
        elif self._open or tag in self._tags:
            self._push(tag, attributes)

    def _push(self, tag: str, attributes: dict[str, str]) -> None:
        node = Node(tag, attributes)
        if self._open:
            self._open[-1].children.append(node)
            self._record_elements += 1
        else:
            self._record_elements = 1
        self._open.append(node)
        self._texts.append([])

    def _check_bounds(self, attributes: dict[str, str]) -> None:
        limits = self._limits
        if self._depth > limits.depth:
            raise ListRefused("lists.too_deep", f"The file nests deeper than {limits.depth} elements.")
        if self._elements > limits.elements or self._record_elements > limits.record_elements:
            raise ListRefused("lists.too_many_elements", "The file has more elements than a list can have.")
        if any(len(value) > limits.attribute_chars for value in attributes.values()):
            raise ListRefused("lists.attribute_too_long", "The file has an attribute that is too long.")

    def _end(self, _name: str) -> None:
        self._last_event = self._parser.CurrentByteIndex
        self._depth -= 1
        if not self._open:
            return
        node = self._open.pop()
        node.text = "".join(self._texts.pop())
        if not self._open:
            self._done.append(node)

    def _text(self, data: str) -> None:
        if self._texts:
            self._texts[-1].append(data)


def _refuse_doctype(*_: object) -> NoReturn:
    raise ListRefused("lists.doctype", "The file declares a document type (DOCTYPE): refused.")


def _refuse_external(*_: object) -> NoReturn:
    raise ListRefused("lists.external_entity", "The file points to something outside itself: refused.")


_CUT_OFF = frozenset(
    {
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
        expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    }
)


def _refuse_broken(error: expat.ExpatError, *, final: bool) -> NoReturn:
    if final and error.code in _CUT_OFF:
        raise ListRefused(
            "lists.truncated",
            f"The file ends in the middle (line {error.lineno}): it was cut off.",
            line=error.lineno,
        ) from error
    reason = expat.errors.messages[error.code]
    raise ListRefused(
        "lists.broken_xml",
        f"The file is not well-formed XML (line {error.lineno}: {reason}).",
        line=error.lineno,
    ) from error
