"""The addresses of texts, campaigns and the one-page confirmation."""

from django.urls import path

from pakten.members.views import campaigns, confirm, texts

urlpatterns = [
    path("mal-och-vardegrund/", texts.public_texts, name="public_texts"),
    path("texter/", texts.text_list, name="texts"),
    path("texter/ny/<slug:kind>/", texts.draft_text, name="draft_text"),
    path("texter/<int:text_id>/", texts.text_page, name="text"),
    path("texter/<int:text_id>/intyganden/", texts.text_pledges, name="text_pledges"),
    path("texter/<int:text_id>/andra/", texts.revise_text, name="revise_text"),
    path("texter/<int:text_id>/faststall/", texts.publish_text, name="publish_text"),
    path("texter/<int:text_id>/kassera/", texts.discard_text, name="discard_text"),
    path("intygandeomgangar/", campaigns.campaign_list, name="campaigns"),
    path("intygandeomgangar/ny/", campaigns.new_campaign, name="new_campaign"),
    path("intygandeomgangar/<int:campaign_id>/", campaigns.campaign, name="campaign"),
    path("intygandeomgangar/<int:campaign_id>/andra/", campaigns.revise_campaign, name="revise_campaign"),
    path("intygandeomgangar/<int:campaign_id>/oppna/", campaigns.open_campaign, name="open_campaign"),
    path("intygandeomgangar/<int:campaign_id>/mer-tid/", campaigns.move_campaign, name="move_campaign"),
    path("intygandeomgangar/<int:campaign_id>/avsluta/", campaigns.close_campaign, name="close_campaign"),
    path("intygandeomgangar/<int:campaign_id>/rakna/", campaigns.keep_figure, name="keep_figure"),
    path("intygandeomgangar/siffror/<int:figure_id>/", campaigns.kept_figure, name="kept_figure"),
    path("intygandeomgangar/<int:campaign_id>/svar/", campaigns.recipients, name="recipients"),
    path(
        "intygandeomgangar/<int:campaign_id>/svar/export/<slug:form>/",
        campaigns.export_recipients,
        name="export_recipients",
    ),
    path("intygandeomgangar/svar/<int:recipient_id>/notera/", campaigns.note, name="note_answer"),
    path("intygandeomgangar/svar/<int:recipient_id>/adress/", campaigns.readdress, name="readdress"),
    path("intyga/fraga/<int:recipient_id>/", confirm.answer_signed_in, name="answer_signed_in"),
    path("intyga/<slug:token>/", confirm.confirm, name="confirm"),
    path("intyga/<slug:token>/fel-person/", confirm.wrong_person, name="wrong_person"),
]
