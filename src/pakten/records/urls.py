from django.urls import path

from pakten.records.views import asking, cases, conflicts, diary, marks, public, records

app_name = "records"
urlpatterns = [
    path("diarium/", diary.diary, name="diary"),
    path("diarium/hamta/<slug:form>/", diary.export_diary, name="export"),
    path("diarium/registrera/", diary.register, name="register"),
    path("diarium/nummerserie/", diary.series, name="series"),
    path("diarium/arende/nytt/", cases.new, name="new_case"),
    path("diarium/arende/<int:case_id>/", cases.case_page, name="case"),
    path("diarium/arende/<int:case_id>/utkast/", cases.draw_up, name="draw_up"),
    path("diarium/arende/<int:case_id>/ta-over/", cases.take_over, name="take_over"),
    path("diarium/arende/<int:case_id>/avsluta/", cases.close, name="close"),
    path("diarium/arende/<int:case_id>/oppna/", cases.reopen, name="reopen"),
    path("diarium/arende/<int:case_id>/nummer/", cases.import_number, name="import_number"),
    path("diarium/arende/<int:case_id>/jav/", conflicts.declare, name="declare_conflict"),
    path("diarium/jav/<int:conflict_id>/hav/", conflicts.lift, name="lift_conflict"),
    path("diarium/handling/<int:record_id>/", records.record_page, name="record"),
    path("diarium/handling/<int:record_id>/fil/<int:file_id>/", records.download, name="file"),
    path("diarium/handling/<int:record_id>/andra/", records.revise, name="revise"),
    path("diarium/handling/<int:record_id>/expediera/", records.dispatch, name="dispatch"),
    path("diarium/handling/<int:record_id>/fardig/", records.finish, name="finish"),
    path("diarium/handling/<int:record_id>/rensa/", records.discard, name="discard"),
    path("diarium/handling/<int:record_id>/ratta/", records.correct, name="correct"),
    path("diarium/handling/<int:record_id>/gallra/", records.dispose, name="dispose"),
    path("diarium/handling/<int:record_id>/markera/", marks.mark, name="mark"),
    path("diarium/markering/<int:mark_id>/bekrafta/", marks.confirm, name="confirm_mark"),
    path("diarium/markering/<int:mark_id>/avvisa/", marks.decline, name="decline_mark"),
    path("diarium/markering/<int:mark_id>/hav/", marks.lift, name="lift_mark"),
    path("diarium/begaran/", asking.queue, name="requests"),
    path("diarium/begaran/<int:request_id>/", asking.request_page, name="request"),
    path("oppet-diarium/", public.public_diary, name="public_diary"),
    path("begar-handling/", public.ask, name="ask"),
    path("begar-handling/mottagen/", public.asked, name="asked"),
]
