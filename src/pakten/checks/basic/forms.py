"""The check list as a form: one small form for each item that a person may answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from pakten.checks.basic.items import FROM_REGISTERS, FROM_VISITS, LISTS, WEBSITE, item_of
from pakten.checks.basic.looked import SYSTEM
from pakten.checks.models import BasicControl, BasicItem, CheckResult
from pakten.checks.services.basic import Settled, unlike_proposal, untold

NOTE_LENGTH = 2000
TOLD_ON = "Om det är en avvikelse får organisationen läsa det."
DESCRIBE = "Beskriv vad du såg, var och när."


class ItemForm(forms.Form):
    """What a person says of one item."""

    result = forms.ChoiceField(
        label="Resultat",
        choices=CheckResult.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Välj ett av de fyra resultaten."},
    )
    note = forms.CharField(
        label="Vad såg du?",
        required=False,
        help_text=TOLD_ON,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": f"Anteckningen får ha högst {NOTE_LENGTH} tecken."},
    )
    source = forms.CharField(label="Källa", required=False, max_length=200)
    where = forms.CharField(
        label="Var",
        required=False,
        max_length=500,
        help_text="Webbadress eller sida.",
        error_messages={"max_length": "Adressen får ha högst 500 tecken."},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        slug: str,
        initial: dict[str, Any],
        proposed: tuple[str, str] = ("", ""),
    ) -> None:
        """``proposed``: a result and what the system saw, by which a person may agree without words."""
        super().__init__(data, prefix=slug, initial=initial)
        self.slug, self.proposed = slug, proposed
        if tell := item_of(slug).tell:
            self.fields["note"].help_text = f"{tell} {TOLD_ON}"

    def clean(self) -> dict[str, Any]:
        """A deviation is described, so is a visit, and an answer that is not the proposed one."""
        values: dict[str, Any] = super().clean() or {}
        result, note = values.get("result") or "", (values.get("note") or "").strip()
        proposed, seen = self.proposed
        if proposed == result:
            note = note or seen
        missing = unlike_proposal(proposed, result=result, note=note)
        if self.has_changed() and (missing := missing or untold(self.slug, result=result, note=note)):
            self.add_error("note", missing)
        elif result == CheckResult.DEVIATION and not note:
            self.add_error("note", DESCRIBE)
        return values

    def settled(self) -> Settled | None:
        """What was said; None for an item that nobody has answered. Call on a valid form."""
        values = self.cleaned_data
        if not values["result"]:
            return None
        return Settled(CheckResult(values["result"]), values["note"], values["source"], values["where"])


class ItemRow:
    """An item as the page shows it: what the list says of it, what is stored, and its form."""

    def __init__(self, row: BasicItem, data: Mapping[str, Any] | None) -> None:
        self.row = row
        self.item = item_of(row.slug)
        self.is_lists = row.slug == LISTS
        by_hand = row.checked_by_id is not None
        initial = {
            "result": row.result,
            "note": row.note if by_hand else "",
            "source": row.source if by_hand else "",
            "where": row.source_where if by_hand else "",
        }
        proposed = (row.proposed, row.note)
        self.form = ItemForm(data, slug=row.slug, initial=initial, proposed=proposed)

    @property
    def waits_for_visit(self) -> bool:
        """Whether a visit that is ordered may still say something of it."""
        return self.row.slug == WEBSITE or (self.row.slug in FROM_VISITS and not self.row.result)

    @property
    def may_ask_again(self) -> bool:
        """Whether a register's silence or old answer is all that the item has."""
        by_system = self.row.checked_by_id is None and self.row.result == CheckResult.COULD_NOT_CHECK
        return by_system and self.row.slug in FROM_REGISTERS and self.row.source != SYSTEM

    @property
    def settled(self) -> Settled | None:
        """What a person changed here; None where the item stands as it was."""
        if self.is_lists or not self.form.has_changed():
            return None
        return self.form.settled()


def item_rows(control: BasicControl, data: Mapping[str, Any] | None = None) -> list[ItemRow]:
    """The items of a control in their order, with forms bound to ``data``."""
    return [ItemRow(row, data) for row in control.items.select_related("checked_by")]
