"""What a browser is called by people."""

from __future__ import annotations

from django import template

register = template.Library()

# A browser also says the names of those that it is like: the first that is found is the one.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsungs webbläsare"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "Iphone"),
    ("iPad", "Ipad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


@register.filter
def browser_named(user_agent: str | None) -> str:
    """``Chrome på Linux``; what we don't know is an unknown browser."""
    said = user_agent or ""
    browser = next((name for sign, name in _BROWSERS if sign in said), "Okänd webbläsare")
    system = next((name for sign, name in _SYSTEMS if sign in said), "")
    return f"{browser} på {system}" if system else browser
