"""The officer's form for a contact person."""

from __future__ import annotations

from django import forms


class ContactForm(forms.Form):
    """A person whom we write to. ``version`` is of the row that the officer saw; 0 for a new one."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    name = forms.CharField(
        label="Namn", max_length=200, error_messages={"required": "Fyll i kontaktpersonens namn."}
    )
    title = forms.CharField(label="Roll i organisationen", max_length=120, required=False)
    email = forms.EmailField(
        label="E-post",
        max_length=254,
        required=False,
        help_text="Arbetets adress. Den behövs för att personen ska kunna logga in.",
        error_messages={"invalid": "E-postadressen ser inte rätt ut. Den ska ha formen namn@exempel.se."},
    )
    phone = forms.CharField(label="Telefon", max_length=50, required=False)
    is_main = forms.BooleanField(label="Huvudkontakt", required=False)
    source = forms.CharField(
        label="Varifrån kommer uppgifterna?",
        max_length=200,
        help_text="Till exempel ”mejl från organisationen”.",
        error_messages={"required": "Skriv varifrån uppgifterna kommer."},
    )
