from django.urls import path

from pakten.members import application_urls, correspondence_urls, structure_urls
from pakten.members.pledge_urls import urlpatterns as pledge_urls
from pakten.members.views import facts, imports, member, members, publishing

app_name = "members"
urlpatterns = [
    path("medlemmar/", members.member_list, name="list"),
    path("medlemmar/export/<slug:form>/", members.member_export, name="export"),
    *structure_urls.urlpatterns,
    *correspondence_urls.urlpatterns,
    path("medlemmar/<slug:public_id>/", member.member, name="member"),
    path("medlemmar/<slug:public_id>/andra/", member.edit_organisation, name="edit_organisation"),
    path("medlemmar/<slug:public_id>/medlemskap/", member.edit_membership, name="edit_membership"),
    path("medlemmar/<slug:public_id>/medlemslistan/", publishing.published, name="published"),
    path("medlemmar/<slug:public_id>/personer/ny/", facts.add_person, name="add_person"),
    path("medlemmar/<slug:public_id>/personer/<int:fact_id>/avsluta/", facts.end_person, name="end_person"),
    path("medlemmar/<slug:public_id>/agare/ny/", facts.add_owner, name="add_owner"),
    path("medlemmar/<slug:public_id>/agare/<int:fact_id>/avsluta/", facts.end_owner, name="end_owner"),
    path("medlemmar/<slug:public_id>/<slug:slug>/", member.member, name="tab"),
    *pledge_urls,
    *application_urls.urlpatterns,
    path("import/", imports.import_list, name="imports"),
    path("import/<int:import_id>/", imports.import_page, name="import"),
    path("import/<int:import_id>/provkor/", imports.try_out, name="try_import"),
    path("import/<int:import_id>/genomfor/", imports.apply_import, name="apply_import"),
    path("import/<int:import_id>/angra/", imports.undo_import, name="undo_import"),
    path("import/<int:import_id>/rapport/<slug:form>/", imports.report, name="import_report"),
]
