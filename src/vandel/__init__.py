"""Vandel: controls organisations against lists, registers, ownership and websites, and never decides.

The library knows no database, no hidden clock and no hidden network: what it reads and when it reads it
are arguments. Start reading at :mod:`vandel.screening`, the one page that tells the whole story.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    __version__: str

__all__ = ["__version__"]


def __getattr__(name: str) -> str:
    """``__version__``, read when it is first asked for, since the reading is slow."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version("pakten")
    except PackageNotFoundError:  # a source tree that was never installed
        found = "0+source"
    globals()[name] = found
    return found
