"""Fetching: whole or not at all, and the server's last answer in plain words."""

import hashlib
from datetime import UTC, datetime

import httpx
import pytest

from vandel.lists import Deadline, EditionStore, FetchRules, ListRefused, catalogue, fetch

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SOURCE = catalogue()["un-sc"]


def get(tmp_path, answer, **options):
    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        return fetch(SOURCE, client, target_dir=tmp_path, now=NOW, **options)


def refusal(tmp_path, answer, **options):
    with pytest.raises(ListRefused) as caught:
        get(tmp_path, answer, **options)
    assert list(tmp_path.iterdir()) == []
    assert "\n" not in caught.value.sentence
    return caught.value


def test_what_arrived_is_known_by_length_digest_and_date(tmp_path):
    def answer(request):
        assert str(request.url) == SOURCE.address
        return httpx.Response(
            200, content=b"abc" * 50_000, headers={"last-modified": "Fri, 20 Nov 2026 08:00:00 GMT"}
        )

    fetched = get(tmp_path, answer)
    assert fetched.path.read_bytes() == b"abc" * 50_000
    assert (fetched.length, fetched.sha256) == (150_000, hashlib.sha256(b"abc" * 50_000).hexdigest())
    assert fetched.last_modified == datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    assert [path.name for path in tmp_path.iterdir()] == [fetched.path.name]


def test_redirections_are_followed_and_each_checked(tmp_path):
    def answer(request):
        if request.url.host == "second.invalid":
            return httpx.Response(200, content=b"x")
        return httpx.Response(302, headers={"location": "https://second.invalid/file"})

    assert get(tmp_path, answer).url == "https://second.invalid/file"
    down = refusal(
        tmp_path / "a", lambda request: httpx.Response(301, headers={"location": "http://x.invalid/"})
    )
    assert down.code == "lists.not_https"
    loop = refusal(tmp_path / "b", lambda request: httpx.Response(302, headers={"location": "/again"}))
    assert loop.code == "lists.redirects"


def test_the_servers_answer_in_plain_words(tmp_path):
    page = "<head><style>x{}</style></head><body><h1>Access\n denied</h1><script>1</script>Ref 7</body>"
    error = refusal(tmp_path, lambda request: httpx.Response(403, text=page))
    assert error.sentence == (
        "scsanctions.un.org answered 403 Forbidden: Access denied Ref 7. "
        "Download the file in a browser and import it."
    )
    assert refusal(tmp_path, lambda request: httpx.Response(500)).sentence == (
        "scsanctions.un.org answered 500 Internal Server Error."
    )


@pytest.mark.parametrize("length", ["10", "200000"])
def test_another_length_than_promised(tmp_path, length):
    def answer(request):
        return httpx.Response(200, headers={"content-length": length}, content=iter([b"x" * 100_000]))

    assert refusal(tmp_path, answer).code == "lists.wrong_length"


def test_too_large_empty_too_slow(tmp_path):
    def answer(request):
        return httpx.Response(200, content=iter([b"x" * 1000] * 100))

    assert refusal(tmp_path, answer, rules=FetchRules(max_bytes=50_000)).code == "lists.too_large"
    assert refusal(tmp_path, lambda request: httpx.Response(200)).code == "lists.empty"
    ticking = iter(range(1000))
    slow = refusal(tmp_path, answer, deadline=Deadline(20, lambda: float(next(ticking))))
    assert slow.code == "lists.too_slow"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (httpx.ReadTimeout("x"), "it took too long to answer"),
        (httpx.RemoteProtocolError("x"), "the connection ended before the whole file had arrived"),
        (httpx.ConnectError("no such host"), "no such host"),
    ],
)
def test_no_answer(tmp_path, error, words):
    def answer(request):
        raise error

    assert refusal(tmp_path, answer).sentence == f"Nothing came from scsanctions.un.org: {words}."


def test_addresses(tmp_path):
    def answer(request):
        return httpx.Response(200, content=b"x")

    plain = "http://lists.invalid/x"
    assert refusal(tmp_path, answer, rules=FetchRules(address=plain)).code == "lists.not_https"
    assert refusal(tmp_path, answer, rules=FetchRules(address="file:///etc/passwd")).code == "lists.not_https"
    assert get(tmp_path, answer, rules=FetchRules(address=plain, allow_plain_http=True)).url == plain
    with pytest.raises(ListRefused) as caught, httpx.Client() as client:
        fetch(catalogue()["ua-nsdc"], client, target_dir=tmp_path, now=NOW)
    assert caught.value.code == "lists.no_address"


def test_a_message_for_people_with_status_200_is_no_list(tmp_path):
    fetched = get(
        tmp_path / "f", lambda request: httpx.Response(200, text="<!doctype html><p>Underhåll pågår")
    )
    with pytest.raises(ListRefused) as caught:
        EditionStore(tmp_path / "store").accept("un-sc", fetched.path, fetched_at=NOW, fetched=fetched)
    assert caught.value.code == "lists.html"


def test_the_servers_date_stands_in_where_the_file_has_none(tmp_path):
    row = '{0},"BRUMIR {0}","individual","HP",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1970"\n'

    def answer(request):
        text = "".join(row.format(number) for number in range(5))
        return httpx.Response(200, text=text, headers={"last-modified": "Fri, 20 Nov 2026 08:00:00 GMT"})

    fetched = get(tmp_path / "f", answer)
    edition = EditionStore(tmp_path / "s").accept(
        "us-ofac-consolidated", fetched.path, fetched_at=NOW, fetched=fetched, override_reason="litet prov"
    )
    assert edition.file_dated_at == datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    assert edition.fetched_from == SOURCE.address
