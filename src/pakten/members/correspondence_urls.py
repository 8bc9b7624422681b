"""Addresses of contact persons, messages and a member's own file."""

from django.urls import path

from pakten.members.views import contacts, messages, own_file, own_messages, publishing

_OWN = "min-organisation/<slug:public_id>/"
_CONTACT = "medlemmar/<slug:public_id>/kontakter/"

urlpatterns = [
    path("meddelanden/", messages.inbox, name="inbox"),
    path("meddelanden/<int:message_id>/", messages.message_page, name="message"),
    path("meddelanden/<int:message_id>/avgor/", messages.settle_message, name="settle_message"),
    path("meddelanden/<int:message_id>/klart/", messages.close_message, name="close_message"),
    path("medlemmar/<slug:public_id>/meddelanden/nytt/", messages.ask, name="ask"),
    path(f"{_CONTACT}ny/", contacts.add_contact, name="add_contact"),
    path(f"{_CONTACT}<int:contact_id>/", contacts.edit_contact, name="edit_contact"),
    path(f"{_CONTACT}<int:contact_id>/bjud-in/", contacts.invite_contact, name="invite_contact"),
    path(f"{_CONTACT}<int:contact_id>/informera/", contacts.inform_contact, name="inform_contact"),
    path(f"{_CONTACT}<int:contact_id>/slutat/", contacts.end_contact, name="end_contact"),
    path("min-organisation/", own_file.index, name="own"),
    path(_OWN, own_file.start, name="own_start"),
    path(f"{_OWN}uppgifter/", own_file.facts, name="own_facts"),
    path(f"{_OWN}uppgifter/andra/", own_file.edit_card, name="own_edit"),
    path(f"{_OWN}uppgifter/ratta/<slug:key>/", own_file.correct, name="own_correct"),
    path(f"{_OWN}uppgifter/hamta/<slug:form>/", own_file.download, name="own_download"),
    path(f"{_OWN}medlemslistan/", publishing.own_published, name="own_published"),
    path(f"{_OWN}mina-uppgifter/", own_file.edit_contact, name="own_contact"),
    path(f"{_OWN}uttrade/", own_file.leave, name="own_leave"),
    path(f"{_OWN}meddelanden/", own_messages.own_messages, name="own_messages"),
    path(f"{_OWN}intyganden/", own_messages.own_pledges, name="own_pledges"),
    path(f"{_OWN}komplettera/<int:completion_id>/", own_messages.complete, name="own_complete"),
    path(f"{_OWN}handlingar/", own_messages.own_papers, name="own_papers"),
    path(f"{_OWN}handlingar/<int:file_id>/", own_messages.own_paper, name="own_paper"),
]
