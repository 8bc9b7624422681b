"""A browser is called what people call it."""

from __future__ import annotations

import pytest

from pakten.accounts.templatetags.browsers import browser_named

LIKE = "(KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {LIKE} Chrome/141.0 Safari/537.36", "Chrome på Linux"),
        (f"Mozilla/5.0 (Windows NT 10.0) {LIKE} Chrome/141.0 Edg/141.0", "Edge på Windows"),
        (f"Mozilla/5.0 (iPhone; iPhone OS 18_0 like Mac OS X) {LIKE} Safari/604.1", "Safari på Iphone"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 15.0; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox på Mac",
        ),
        ("curl/8.5.0", "Okänd webbläsare"),
        ("", "Okänd webbläsare"),
        (None, "Okänd webbläsare"),
    ],
)
def test_a_browser_has_a_name(said: str | None, name: str) -> None:
    assert browser_named(said) == name
