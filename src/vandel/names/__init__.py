"""Names of organisations and persons: cut, transliterated, folded and compared word by word."""

from vandel.names.analyse import Token, analyse
from vandel.names.normalize import clean, words
from vandel.names.transliterate import latin, script_of

__all__ = ["Token", "analyse", "clean", "latin", "script_of", "words"]
