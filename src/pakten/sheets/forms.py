"""Forms of this area: checking a sheet, and registering one in a case."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet

from pakten.records.models import Case
from pakten.sheets.queries import SHA256_LENGTH, digest_in
from vandel.evidence import sha256_hex

# A sheet is well under a megabyte; what is larger than this was never one of ours.
LARGEST = 20_000_000
_TYPED_AT_MOST = 4 * SHA256_LENGTH


class VerifyForm(forms.Form):
    """A file or a digest. The file is read in memory, digested and forgotten."""

    file = forms.FileField(
        label="Fil",
        required=False,
        allow_empty_file=True,
        help_text="Kontrollbladet som PDF, eller en av filerna i det. Filen sparas inte.",
    )
    digest = forms.CharField(
        label="Eller en kontrollsumma",
        required=False,
        max_length=_TYPED_AT_MOST,
        help_text="64 tecken, med eller utan mellanslag.",
    )

    def clean_file(self) -> str:
        """The file's digest; empty without a file."""
        found = self.cleaned_data["file"]
        if not found:
            return ""
        if found.size > LARGEST:
            raise forms.ValidationError("Filen är för stor för att vara ett kontrollblad.")
        return sha256_hex(found.read())

    def clean_digest(self) -> str:
        typed: str = self.cleaned_data["digest"]
        if not typed.strip():
            return ""
        if found := digest_in(typed):
            return found
        raise forms.ValidationError(
            f"Kontrollsumman ska ha {SHA256_LENGTH} tecken: siffror och bokstäverna a till f."
        )

    def clean(self) -> None:
        if not self.errors and not self.asked:
            raise forms.ValidationError("Välj en fil eller skriv en kontrollsumma.")

    @property
    def asked(self) -> str:
        """The digest to look for; the file's where both are given."""
        return str(self.cleaned_data.get("file") or self.cleaned_data.get("digest") or "")


class RegisterForm(forms.Form):
    """In which case the sheet is evidence."""

    case = forms.ModelChoiceField(queryset=Case.objects.none(), label="Ärende", empty_label=None)

    def __init__(self, data: object = None, *, cases: QuerySet[Case]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["case"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = cases
