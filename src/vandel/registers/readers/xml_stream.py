"""XML of any length as a stream of flat records: path below the record's element -> texts.

Any DOCTYPE is refused at its first letter, so that no entity can be declared; nothing outside is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final, NoReturn
from xml.parsers import expat

from vandel.registers.refusal import RegisterRefused

Record = dict[str, list[str]]

_CHUNK: Final = 2**18
_DEPTH: Final = 40
_RECORD_TEXTS: Final = 20_000
_RECORD_CHARACTERS: Final = 4_000_000
_TOKEN: Final = 2**20
_CUT: Final = frozenset(
    expat.errors.codes[text]
    for text in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
)


def records(stream: IO[bytes], *, root: str, tags: frozenset[str]) -> Iterator[tuple[str, Record]]:
    """The elements in ``tags``, each as its tag and the texts in it by path (``Entity/LegalName``).

    Attributes that tell elements of one name apart are kept as ``path@type``. ``root`` is the local name of
    the root element. Errors: ``RegisterRefused``.
    """
    reading = _Reading(root, tags)
    while chunk := stream.read(_CHUNK):
        yield from reading.feed(chunk)
    yield from reading.feed(b"", final=True)


class _Reading:
    """One run of the parser over one file."""

    def __init__(self, root: str, tags: frozenset[str]) -> None:
        self._root = root
        self._tags = tags
        self._depth = self._size = self._fed = self._last = 0
        self._record_tag = ""
        self._record: Record = {}
        self._path: list[str] = []
        self._texts: list[list[str]] = []
        self._done: list[tuple[str, Record]] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        self._parser.EntityDeclHandler = _refuse_doctype
        self._parser.ExternalEntityRefHandler = _refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, chunk: bytes, *, final: bool = False) -> list[tuple[str, Record]]:
        """Parse one piece; the records that it completed."""
        self._fed += len(chunk)
        try:
            self._parser.Parse(chunk, final)
        except expat.ExpatError as error:
            _refuse_broken(error, final=final)
        except LookupError as error:
            raise RegisterRefused("registers.encoding", "The file's encoding is not known.") from error
        if self._fed - self._last > _TOKEN + _CHUNK:
            raise RegisterRefused("registers.record_too_long", "The file has a tag or text without end.")
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._last = self._parser.CurrentByteIndex
        self._depth += 1
        tag = name.rpartition(" ")[2]
        if self._depth == 1 and tag != self._root:
            raise RegisterRefused(
                "registers.wrong_format",
                f"The file's root element is {tag[:60]!r}, not {self._root!r}.",
                root=tag,
            )
        if self._depth > _DEPTH:
            raise RegisterRefused("registers.too_deep", f"The file nests deeper than {_DEPTH} elements.")
        if self._record_tag:
            self._path.append(tag)
            self._texts.append([])
            if kind := attributes.get("type"):
                self._keep("/".join(self._path) + "@type", kind)
        elif tag in self._tags:
            self._record_tag, self._record, self._size = tag, {}, 0

    def _end(self, name: str) -> None:
        self._last = self._parser.CurrentByteIndex
        self._depth -= 1
        if self._path:
            if text := "".join(self._texts.pop()).strip():
                self._keep("/".join(self._path), text)
            self._path.pop()
        elif self._record_tag and name.rpartition(" ")[2] == self._record_tag:
            self._done.append((self._record_tag, self._record))
            self._record_tag = ""

    def _keep(self, path: str, text: str) -> None:
        self._size += 1
        if self._size > _RECORD_TEXTS:
            raise RegisterRefused("registers.record_too_long", "A record of the file never ends.")
        self._record.setdefault(path, []).append(text)

    def _text(self, data: str) -> None:
        if self._texts:
            self._last = self._parser.CurrentByteIndex
            self._texts[-1].append(data)
            if sum(map(len, self._texts[-1])) > _RECORD_CHARACTERS:
                raise RegisterRefused("registers.record_too_long", "A text of the file never ends.")


def _refuse_doctype(*_: object) -> NoReturn:
    raise RegisterRefused("registers.doctype", "The file declares a document type (DOCTYPE): refused.")


def _refuse_broken(error: expat.ExpatError, *, final: bool) -> NoReturn:
    if final and error.code in _CUT:
        raise RegisterRefused(
            "registers.cut", f"The file ends in the middle (line {error.lineno}): it was cut off."
        ) from error
    raise RegisterRefused(
        "registers.broken_xml", f"The file is not well-formed XML (line {error.lineno})."
    ) from error
