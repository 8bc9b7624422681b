"""The form by which an organisation comments on what was found."""

from __future__ import annotations

from django import forms

from pakten.deviations.fields import words
from pakten.deviations.services.commenting import NOTHING, Said
from pakten.members.applying.filetypes import ACCEPT, ALLOWED, LARGEST
from pakten.records.forms import FilesField
from pakten.records.services import NewFile


class OwnCommentForm(forms.Form):
    """A text to the city, with files beside it. ``submission`` makes sending twice harmless."""

    use_required_attribute = False
    submission = forms.UUIDField(widget=forms.HiddenInput)
    text = words("Era synpunkter", rows=8, errors={"required": NOTHING})
    uploads = FilesField("Filer", help_text=f"Frivilligt. {ALLOWED}. Högst {LARGEST // 1_000_000} MB var.")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["uploads"].widget.attrs["accept"] = ACCEPT

    def said(self, by: str) -> Said:
        """What was written, by the person of this name."""
        values = self.cleaned_data
        files = tuple(NewFile(str(file.name), file) for file in values["uploads"])
        return Said(values["text"], values["submission"], files, by)
