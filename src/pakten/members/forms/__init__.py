"""This area's forms."""

from pakten.members.forms.memberships import (
    CURRENT,
    EVERYBODY,
    MappingForm,
    MemberFilter,
    MembershipForm,
    OrganisationForm,
    PersonForm,
    StakeForm,
    UploadForm,
)

__all__ = [
    "CURRENT",
    "EVERYBODY",
    "MappingForm",
    "MemberFilter",
    "MembershipForm",
    "OrganisationForm",
    "PersonForm",
    "StakeForm",
    "UploadForm",
]
