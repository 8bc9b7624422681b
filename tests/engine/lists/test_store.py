"""Editions: accepted, guarded, put in force, confirmed, never half there."""

import os
import stat
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.engine.lists import eu_sample

from vandel.lists import EditionStore, ListHeld, ListRefused, Staleness, age, catalogue, entries

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LIST = "pakten-demo"


@pytest.fixture
def store(tmp_path):
    return EditionStore(tmp_path / "store")


@pytest.fixture
def file(tmp_path):
    """Writes an invented list and gives its path."""

    def write(items, generated="2026-11-20T10:00:00.000+01:00"):
        path = tmp_path / "fetched.xml"
        path.write_bytes(eu_sample.xml(items, generated))
        return path

    return write


def force(store, path, at=NOW):
    edition = store.accept(LIST, path, fetched_at=at)
    store.switch(LIST, edition.edition_id)
    return edition


def code_of(caught) -> str:
    return caught.value.code


def test_accept_keeps_but_does_not_put_in_force(store, file):
    items = eu_sample.entries(200)
    path = file(items)
    edition = store.accept(LIST, path, fetched_at=NOW)
    assert store.in_force(LIST) is None
    assert store.editions(LIST) == [edition]
    assert store.switch(LIST, edition.edition_id) == edition == store.in_force(LIST)
    assert edition.ref.entries == edition.counts["entries"] == 200
    assert edition.length == path.stat().st_size
    assert store.source_path(LIST, edition.edition_id).read_bytes() == path.read_bytes()
    listings = store.load(LIST, edition.edition_id)
    assert [listing.entity.id for listing in listings] == [item.id for item in items]
    assert (edition.published_on.isoformat(), edition.file_dated_at.isoformat(), edition.fetched_at) == (
        "2026-11-20",
        "2026-11-20T09:00:00+00:00",
        NOW,
    )


def test_an_edition_can_not_be_written_to(store, file, tmp_path):
    force(store, file(eu_sample.entries(20)))
    kept = [path for path in (tmp_path / "store" / LIST).glob("2*/**/*") if path.is_file()]
    assert len(kept) == 3
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o444 for path in kept)


def test_the_same_bytes_again_are_no_new_edition_but_confirm_the_old(store, file):
    path = file(eu_sample.entries(50))
    first = force(store, path)
    later = NOW + timedelta(hours=60)
    again = store.accept(LIST, path, fetched_at=later)
    assert again.edition_id == first.edition_id
    assert again.fetched_at == NOW
    assert again.confirmed_at == later
    assert len(store.editions(LIST)) == 1


def test_staleness_counts_from_the_last_look(store, file):
    path = file(eu_sample.entries(5))
    edition = replace(store.accept(LIST, path, fetched_at=NOW), list_id="eu-fsf")
    ages = [age(edition, NOW + timedelta(hours=hours)) for hours in (24, 25, 72, 73)]
    assert ages == [Staleness.FRESH, Staleness.WARN, Staleness.WARN, Staleness.RED]
    confirmed = store.accept(LIST, path, fetched_at=NOW + timedelta(hours=70))
    assert age(replace(confirmed, list_id="eu-fsf"), NOW + timedelta(hours=73)) is Staleness.FRESH


def test_small_changes_pass_with_their_counts(store, file):
    items = eu_sample.entries(200)
    first = force(store, file(items))
    items[3].remark = "En ny anmärkning"
    second = store.accept(
        LIST, file([*items[1:], eu_sample.entries(201)[-1]]), fetched_at=NOW + timedelta(days=1)
    )
    assert second.compared_with == first.edition_id
    assert second.changes == {"came": 1, "went": 1, "changed": 1}


def test_the_order_of_entries_does_not_matter(store, file):
    items = eu_sample.entries(100)
    force(store, file(items))
    assert store.accept(LIST, file(items[::-1]), fetched_at=NOW).changes == {
        "came": 0,
        "went": 0,
        "changed": 0,
    }


@pytest.mark.parametrize(
    ("spoil", "objection"),
    [
        (lambda items: items[:140], "shrunk"),
        (lambda items: [replace(item, remark="annat") for item in items], "changed"),
        (lambda items: [_renamed(item) if item.number <= 4 else item for item in items], "renamed"),
    ],
    ids=["thirty per cent fewer", "all changed", "two per cent renamed"],
)
def test_a_large_difference_is_held_until_a_person_gives_a_reason(store, file, spoil, objection):
    items = eu_sample.entries(200)
    first = force(store, file(items))
    path = file(spoil(items))
    with pytest.raises(ListHeld) as caught:
        store.accept(LIST, path, fetched_at=NOW)
    assert objection in [reason["code"] for reason in caught.value.params["reasons"]]
    assert caught.value.params["summary"].startswith("came ")
    assert "\n" not in caught.value.sentence
    with pytest.raises(ListHeld):
        store.accept(LIST, path, fetched_at=NOW, override_reason="  ")
    assert store.editions(LIST) == [first]
    edition = store.accept(LIST, path, fetched_at=NOW, override_reason="Utgivaren har bekräftat ändringen")
    assert edition.override_reason == "Utgivaren har bekräftat ändringen"
    assert edition.held_reasons
    assert store.edition(LIST, edition.edition_id) == edition
    assert store.in_force(LIST) == first


def _renamed(item):
    return replace(item, aliases=[eu_sample.Alias(f"Helt annat namn {item.number}")])


def test_an_override_without_objections_is_not_noted(store, file):
    edition = store.accept(
        LIST, file(eu_sample.entries(5)), fetched_at=NOW, override_reason="för säkerhets skull"
    )
    assert edition.override_reason is None


def test_names_that_changed_places_are_refused_whatever_the_reason(store, file):
    items = eu_sample.entries(200)
    first = force(store, file(items))
    aliases = [item.aliases for item in items]
    shuffled = [replace(item, aliases=aliases[index - 1]) for index, item in enumerate(items)]
    with pytest.raises(ListRefused) as caught:
        store.accept(LIST, file(shuffled), fetched_at=NOW, override_reason="ja")
    assert code_of(caught) == "lists.shuffled"
    assert store.editions(LIST) == [first]


def test_an_older_file_is_refused_whatever_the_reason(store, file):
    force(store, file(eu_sample.entries(30)))
    with pytest.raises(ListRefused) as caught:
        store.accept(
            LIST,
            file(eu_sample.entries(31), "2026-11-19T10:00:00.000+01:00"),
            fetched_at=NOW,
            override_reason="ja",
        )
    assert code_of(caught) == "lists.older"


def test_floors_and_fill_rates_of_the_catalogue_hold(tmp_path, file):
    demo = catalogue()[LIST]
    strict = replace(demo, min_counts={"persons": 100, "addresses": 10}, min_fill={"person_birth_dates": 0.5})
    store = EditionStore(tmp_path / "store", {LIST: strict})
    items = [replace(item, births=[]) for item in eu_sample.entries(60)]
    with pytest.raises(ListHeld) as caught:
        store.accept(LIST, file(items), fetched_at=NOW)
    assert [reason["code"] for reason in caught.value.params["reasons"]] == ["below_floor", "fill_rate"]


def test_damage_after_the_fact_is_noticed(store, file, tmp_path):
    edition = force(store, file(eu_sample.entries(10)))
    packed = tmp_path / "store" / LIST / edition.edition_id / "entries.jsonl.gz"
    os.chmod(packed, 0o644)
    packed.write_bytes(packed.read_bytes()[:-4] + b"haha")
    with pytest.raises(ListRefused) as caught:
        store.load(LIST, edition.edition_id)
    assert code_of(caught) == "lists.damaged_edition"
    with pytest.raises(ListRefused):
        store.switch(LIST, edition.edition_id)


@pytest.mark.parametrize("name", ["../../etc", "", "nope", ".incoming-x"])
def test_unknown_editions_and_lists(store, name):
    with pytest.raises(ListRefused):
        store.edition(LIST, name)
    with pytest.raises(ListRefused):
        store.in_force(name)


def test_a_list_takes_only_its_own_formats(store, tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "1", "schema": "Company", "properties": {"name": ["Skedmir AB"]}}\n')
    with pytest.raises(ListRefused) as caught:
        store.accept(LIST, path, fetched_at=NOW)
    assert code_of(caught) == "lists.wrong_format"


def test_an_archive_is_kept_as_it_was_fetched(tmp_path, file):
    demo = catalogue()[LIST]
    store = EditionStore(tmp_path / "store", {LIST: demo})
    path = tmp_path / "fetched.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(file(eu_sample.entries(20)), "lista.xml")
    edition = force(store, path)
    assert edition.entries == 20
    assert store.source_path(LIST, edition.edition_id).read_bytes() == path.read_bytes()
    assert edition.files[0].name == "fetched.zip"


def test_a_new_reader_is_no_change_of_the_list(store, file, monkeypatch):
    items = eu_sample.entries(100)
    monkeypatch.setattr("vandel.lists.store.READER_VERSION", "0")
    monkeypatch.setattr(
        "vandel.lists.entries.pack", lambda listings, pack=entries.pack: pack(list(listings)[:50])
    )
    force(store, file(items))
    monkeypatch.undo()
    items[0].remark = "ny"
    # Compared with what today's reader makes of the old file, not with what yesterday's reader made of it.
    assert store.accept(LIST, file(items), fetched_at=NOW).changes == {"came": 0, "went": 0, "changed": 1}


def test_a_replaced_edition_does_not_come_back_because_its_file_does(store, file):
    old = eu_sample.entries(100)
    first = force(store, file(old))
    second = force(store, file(eu_sample.entries(101)), NOW + timedelta(hours=1))
    with pytest.raises(ListRefused) as caught:
        store.accept(LIST, file(old), fetched_at=NOW + timedelta(hours=2))
    assert code_of(caught) == "lists.older"
    assert store.in_force(LIST) == second
    assert store.switch(LIST, first.edition_id) == first
