"""Addresses of duplicates, groups, branches, and of ending a membership."""

from django.urls import path

from pakten.members.views import duplicates, ending, structure

urlpatterns = [
    path("medlemmar/dubbletter/", duplicates.duplicates, name="duplicates"),
    path("medlemmar/dubbletter/olika/<int:said_id>/", duplicates.maybe_same, name="maybe_same"),
    path("medlemmar/dubbletter/<slug:one>/<slug:other>/", duplicates.compare, name="compare"),
    path("medlemmar/dubbletter/<slug:one>/<slug:other>/olika/", duplicates.not_same, name="not_same"),
    path("medlemmar/sammanslagningar/<int:merge_id>/", duplicates.merge, name="merge"),
    path("medlemmar/arenden/<int:matter_id>/", ending.matter, name="matter"),
    path("medlemmar/arenden/<int:matter_id>/besluta/", ending.decide, name="decide_matter"),
    path("medlemmar/arenden/<int:matter_id>/ta-tillbaka/", ending.withdraw, name="withdraw_matter"),
    path("medlemmar/<slug:public_id>/avsluta/", ending.ending, name="ending"),
    path("medlemmar/<slug:public_id>/avsluta/egen-begaran/", ending.leave, name="leave"),
    path("medlemmar/<slug:public_id>/koncern/moder/", structure.parent, name="parent"),
    path("medlemmar/<slug:public_id>/arbetsstallen/ny/", structure.new_branch, name="new_branch"),
    path(
        "medlemmar/<slug:public_id>/arbetsstallen/<int:branch_id>/avsluta/",
        structure.close_branch,
        name="close_branch",
    ),
]
