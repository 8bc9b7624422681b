"""Names of countries for people who don't read codes."""

from __future__ import annotations

from vandel.names.resources import resource


def country_name(code: str, language: str = "sv") -> str:
    """The name of the country with ISO 3166-1 alpha-2 ``code`` in ``sv`` or ``en``; the code in capitals
    when it is not known."""
    code = code.strip().casefold()
    if language == "sv":
        found = resource("country_names_sv")["names"].get(code)
    else:
        found = next(iter(resource("countries")["names"].get(code, ())), None)
    return str(found or code.upper())
