"""Vandel: controls organisations against lists, registers, ownership and websites, and never decides.

The library knows no database, no hidden clock and no hidden network: what it reads and when it reads it
are arguments. Start reading at :mod:`vandel.screening`, the one page that tells the whole story.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("pakten")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+source"

__all__ = ["__version__"]
