"""What holds for any two states of a list, and for any entries."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from vandel.evidence import canonical_json
from vandel.lists import diff, entries
from vandel.lists.dates import birth_dates
from vandel.model import Entity, Identifier, Listing, Name, NameKind, Schema

settings.register_profile("lists", max_examples=40, deadline=None)
few = settings(settings.get_profile("lists"))

texts = st.text('aåЖ"\n,', min_size=1, max_size=4)
short = st.lists(texts, max_size=2).map(tuple)
listings = st.builds(
    Listing,
    list_id=st.just("x"),
    entity=st.builds(
        Entity,
        id=st.sampled_from([str(number) for number in range(7)]),
        schema=st.sampled_from(Schema),
        names=st.lists(
            st.builds(Name, texts, st.sampled_from(NameKind), st.none() | st.just("sv")),
            min_size=1,
            max_size=3,
        ).map(tuple),
        countries=short,
        birth_dates=short,
        identifiers=st.lists(st.builds(Identifier, st.just("other"), texts), max_size=2).map(tuple),
        addresses=short,
    ),
    programs=short,
    listed_on=st.none() | st.dates(),
    reference=st.none() | texts,
    reference_url=st.none() | texts,
    remarks=st.none() | texts,
)
states = st.lists(listings, max_size=5, unique_by=lambda listing: listing.entity.id)


@few
@given(states)
def test_nothing_differs_from_itself(state):
    assert not diff(state, state)
    assert not diff(state, state[::-1])


@few
@given(states, states)
def test_a_difference_carries_the_old_state_into_the_new(old, new):
    changes = diff(old, new)
    state = {listing.entity.id: listing for listing in old}
    for gone in changes.went:
        del state[gone.entity.id]
    for change in changes.changed:
        assert change.fields
        assert state[change.id] == change.old
        state[change.id] = change.new
    for fresh in changes.came:
        assert fresh.entity.id not in state
        state[fresh.entity.id] = fresh
    assert state == {listing.entity.id: listing for listing in new}


@few
@given(states, states)
def test_a_difference_turned_round(old, new):
    there, back = diff(old, new), diff(new, old)
    assert set(there.came) == set(back.went)
    assert {change.id for change in there.changed} == {change.id for change in back.changed}


@few
@given(states)
def test_entries_come_back_as_they_went(state):
    packed = entries.pack(state)
    assert entries.unpack(packed) == tuple(state)
    assert entries.pack(entries.unpack(packed)) == packed


@few
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 12, 31)))
def test_a_date_is_the_same_however_it_is_printed(day):
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[
        day.month - 1
    ]
    for printed in (
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d/%m/%Y}",
        f"{day.day} {month} {day.year}",
        f"born on {day.day:02d} {month}. {day.year} in Rulstad",
    ):
        assert birth_dates(printed) == (day.isoformat(),)


@few
@given(st.text(max_size=60))
def test_any_text_is_read_for_dates_without_complaint(text):
    assert all(value[:4].isdigit() for value in birth_dates(text))


@few
@given(st.dictionaries(texts, st.integers() | texts | st.lists(texts, max_size=3), max_size=5))
def test_canonical_json_does_not_depend_on_order(value):
    assert canonical_json(value) == canonical_json(dict(reversed(value.items())))
