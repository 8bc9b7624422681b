from django.urls import path

from pakten.decisions.views import decisions, order, reports

app_name = "decisions"
urlpatterns = [
    path("beslut/", decisions.decision_list, name="list"),
    path("beslut/hamta/<slug:form>/", decisions.export_decisions, name="export"),
    path("beslut/anmalan/", reports.report, name="report"),
    path("beslut/delegation/", order.order, name="order"),
    path("beslut/delegation/ny/", order.new_item, name="new_item"),
    path("beslut/delegation/punkt/<int:item_id>/avsluta/", order.end_item, name="end_item"),
    path("beslut/delegation/regel/<slug:kind>/", order.rule, name="rule"),
    path("beslut/<slug:public_id>/", decisions.decision_page, name="decision"),
    path("beslut/<slug:public_id>/hall-med/", decisions.agree, name="agree"),
    path("beslut/<slug:public_id>/skicka-tillbaka/", decisions.send_back, name="send_back"),
    path("beslut/<slug:public_id>/ta-tillbaka/", decisions.take_back, name="take_back"),
]
