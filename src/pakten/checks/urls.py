"""Addresses of this area."""

from django.urls import path

from pakten.checks.views import basic, likenesses, lists, registers, runs

app_name = "checks"
urlpatterns = [
    path("kontroll/", runs.control, name="control"),
    path("kontroll/starta/", runs.start, name="start"),
    path("kontroll/gamla-listor/", runs.confirm_old, name="confirm_old"),
    path("kontroll/medlemmar/<slug:which>/", runs.selection, name="selection"),
    path("kontroll/korningar/<int:run_id>/", runs.run, name="run"),
    path("kontroll/korningar/<int:run_id>/medlem/<slug:public_id>/", runs.member, name="member"),
    path("kontroll/korningar/<int:run_id>/fil/<slug:form>/", runs.export, name="export"),
    path("kontroll/kvitton/<int:control_id>/", runs.receipt, name="receipt"),
    path("kontroll/kvitton/<int:control_id>/kvitto.json", runs.receipt_file, name="receipt_file"),
    path("kontroll/namnlikheter/", likenesses.likenesses, name="likenesses"),
    path("kontroll/namnlikheter/<int:likeness_id>/", likenesses.likeness, name="likeness"),
    path("kontroll/namnlikheter/<int:likeness_id>/bekrafta/", likenesses.confirm, name="confirm"),
    path("kontroll/namnlikheter/<int:likeness_id>/avsta/", likenesses.decline, name="decline"),
    path("kontroll/namnlikheter/<int:likeness_id>/ta-tillbaka/", likenesses.withdraw, name="withdraw"),
    path("kontroll/grundkontroll/<int:control_id>/", basic.save, name="basic_save"),
    path("kontroll/grundkontroll/<int:control_id>/listor/", basic.lists_part, name="basic_lists"),
    path("kontroll/grundkontroll/<int:control_id>/jamfor-igen/", basic.lists_again, name="basic_again"),
    path("kontroll/checklistor/", basic.waiting, name="open_controls"),
    path("kontroll/checklistor/<int:control_id>/", basic.one, name="basic"),
    path("kontroll/medlem/<slug:public_id>/checklista/", basic.control_member, name="control_member"),
    path("kontroll/register/", registers.registers, name="registers"),
    path("kontroll/register/nytt/", registers.new, name="register_new"),
    path("kontroll/register/<slug:register_id>/", registers.register, name="register"),
    path("kontroll/register/<slug:register_id>/hamta/", registers.fetch, name="register_fetch"),
    path("kontroll/register/<slug:register_id>/las-in/", registers.read_in, name="register_read_in"),
    path("kontroll/register/<slug:register_id>/vantande-fil/", registers.held, name="register_held"),
    path("listor/", lists.lists, name="lists"),
    path("listor/<slug:list_id>/", lists.one_list, name="list"),
    path("listor/<slug:list_id>/andringar/", lists.list_changes, name="changes"),
    path("listor/<slug:list_id>/hamta/", lists.fetch, name="fetch"),
    path("listor/<slug:list_id>/las-in/", lists.read_in, name="read_in"),
    path("listor/<slug:list_id>/vantande-fil/", lists.held, name="held"),
    path("listor/<slug:list_id>/utgavor/<int:edition_key>/", lists.switch, name="switch"),
    path("listor/<slug:list_id>/anvandning/", lists.use, name="use"),
]
