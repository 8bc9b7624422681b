"""The inbox and an alert's page, as a person uses them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.people import person
from tests.web.alerts import desk
from tests.web.members.applying import objects
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role, User
from pakten.alerts import services
from pakten.alerts.models import Alert, AlertKind, AlertRule, AlertState
from pakten.organisations.models import Organisation
from pakten.records.services import declare_conflict

pytestmark = pytest.mark.django_db
INBOX = "alerts:inbox"
QUERIES = 30


def client_of(user: User) -> CheckedClient:
    client = CheckedClient()
    client.force_login(user)
    return client


def listed(client: CheckedClient, address: str = "") -> list[str]:
    page = client.get(reverse(INBOX) + address)
    return [alert.key for alert in page.context["page"]]


def test_the_inbox_lists_filters_and_counts() -> None:
    for number in range(4):
        kind = AlertKind.SELF_TEST if number == 3 else AlertKind.SITE_CHANGE
        desk.alert(f"n{number}", kind=kind, organisation=None if number == 3 else desk.organisation())
    officer, rows = desk.officer(), {each.key: each for each in Alert.objects.all()}
    services.assign(rows["n1"].pk, officer, actor=officer, version=1)
    Alert.objects.filter(key="n2").update(due_on=desk.days(-3))
    services.snooze(rows["n0"].pk, desk.days(9), actor=officer, version=1)
    client = client_of(officer)
    assert listed(client) == ["n2", "n3", "n1"], "late first, then by date"
    assert listed(client, "?flik=pausade") == ["n0"]
    assert listed(client, "?vem=jag") == ["n1"]
    assert listed(client, "?vem=ingen") == ["n2", "n3"]
    assert listed(client, "?sen=on") == ["n2"]
    assert listed(client, "?slag=self_test") == ["n3"]
    assert listed(client, "?slag=utom-namnlikheter&vem=ingen") == ["n2", "n3"], "what the home page counts"
    assert listed(client, "?flik=klara&resultat=met") == []
    assert listed(client, "?sektor=civil&sok=grankott") == ["n2", "n1"]
    assert listed(client, "?flik=strunt&vem=x&page=99") == ["n2", "n3", "n1"], "what it can't read is nothing"
    desk.alert("n1", because="Något nytt.")
    assert listed(client)[0] == "n1", "what is new about something comes to the top"
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(reverse(INBOX)).content.decode()
    assert len(asked) <= QUERIES
    assert "Något nytt om samma sak" in page and 'data-key="a"' in page and 'data-key="s"' in page
    exported = client.get(reverse("alerts:export", args=["maskin"]) + "?sen=on").content.decode()
    assert "site_change" in exported and exported.count("\n") == 2


def test_many_at_once_and_what_did_not_go() -> None:
    officer, manager = desk.officer(), desk.manager()
    rows = [desk.alert(f"n{number}") for number in range(3)]
    chosen = [f"{each.pk}.{each.version}" for each in rows]
    client = client_of(officer)
    client.post(reverse("alerts:many"), {"vald": chosen[:2], "gor": "ta", "adress": "slag=site_change"})
    assert Alert.objects.filter(assigned_to=officer).count() == 2
    page = client.post(reverse("alerts:many"), {"vald": chosen, "gor": "pausa", "dagar": "14"})
    assert "hann före" in page.content.decode(), "two had changed since the list was shown"
    assert [each.snoozed_until for each in map(desk.fresh, rows)] == [None, None, desk.days(14)]
    client.post(reverse("alerts:many"), {"vald": chosen, "gor": "ge"})
    client.post(reverse("alerts:many"), {"gor": "ta"})
    assert Alert.objects.filter(assigned_to=officer).count() == 2, "without a person or a row, nothing"
    sample = Alert.objects.get(pk=rows[2].pk)
    Alert.objects.filter(pk=sample.pk).update(first_reader=manager)
    form = {"vald": [f"{sample.pk}.{sample.version}"], "gor": "ge", "till": str(manager.pk)}
    assert "gjorde kontrollen" in client.post(reverse("alerts:many"), form).content.decode()


def test_an_answer_is_kept_when_it_can_not_be_saved() -> None:
    found = desk.alert()
    client, page = client_of(desk.officer()), reverse("alerts:answer", args=[found.pk])
    answer = client.post(page, {"version": found.version, "svar-reason": "Sidan är flyttad"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Välj hur det är." in text and "Sidan är flyttad" in text
    services.note(found.pk, "Såg det", actor=desk.manager(), version=found.version)
    form = {"version": found.version, "svar-outcome": "met", "svar-reason": "Sidan är flyttad"}
    text = client.post(page, form).content.decode()
    assert "hann före" in text and "Sidan är flyttad" in text
    assert client.post(page, form | {"version": desk.fresh(found).version}).status_code == 302
    assert desk.fresh(found).outcome == "met"


def test_from_need_to_second_person_on_the_page() -> None:
    AlertRule.objects.create(kind=AlertKind.SITE_CHANGE, days=5, needs_second=True)
    found, client = desk.alert(), client_of(desk.officer())

    def post(act: str, who: CheckedClient = client, **values: object) -> str:
        form = {"version": desk.fresh(found).version, **values}
        answer = who.post(reverse(f"alerts:{act}", args=[found.pk]), form, follow=True)
        return str(answer.content.decode())

    need = {"behov-what": "Avtalet", "behov-whom": "föreningen", "behov-by": desk.days(4).isoformat()}
    assert "Skriv från vem" in post("ask", **(need | {"behov-whom": ""}))
    post("ask", **need)
    assert desk.fresh(found).state == AlertState.NEEDS
    assert "Avtalet" in client.get(reverse("alerts:alert", args=[found.pk])).content.decode()
    assert "Skriv vad som har kommit" in post("answered", words="")
    post("answered", words="Avtalet kom")
    assert "En annan person behöver bekräfta" in post(
        "answer", **{"svar-outcome": "not_met", "svar-reason": "Uppsagt"}
    )
    other = client_of(person(Role.CASE_OFFICER, again=1))
    assert "Bekräfta bedömningen" in other.get(reverse("alerts:alert", args=[found.pk])).content.decode()
    assert "gäller nu" in post("confirm", other)
    assert desk.fresh(found).outcome == "not_met"
    assert "finns i historiken" in post("reopen", words="Nytt avtal")
    post("due", **{"datum-due_on": desk.days(1).isoformat(), "datum-reason": "Brådskar"})
    post("snooze", **{"paus-until": desk.days(2).isoformat()})
    assert "Välj ett datum" in post("snooze")
    assert "inte längre pausad" in post("wake")
    assert "Sparat i historiken" in post("note", words="Klart snart")
    earlier = desk.alert("annan")
    page = client.get(reverse("alerts:alert", args=[earlier.pk])).content.decode()
    assert "Annat som är bedömt" not in page, "what is open again is not judged"


def test_conflict_of_interest_shuts_the_inbox_and_the_page() -> None:
    """L-17: nothing about an applicant in whose case the person has a conflict."""
    objects.texts()
    application, _secret = objects.sent()
    officer, organisation = desk.officer(), Organisation.objects.get(pk=application.organisation_id)
    found = desk.alert(organisation=organisation)
    client = client_of(officer)
    assert listed(client) == [found.key]
    declare_conflict(application.case, officer, actor=officer, reason="Släkt")
    assert listed(client) == []
    assert client.get(reverse("alerts:alert", args=[found.pk])).status_code == 403
    assert found.key not in client.get(reverse("alerts:export", args=["maskin"])).content.decode()
    with pytest.raises(Exception, match="jäv"):
        services.assign(found.pk, officer, actor=desk.manager(), version=found.version)


def test_rules_and_share_are_changed_by_the_manager() -> None:
    manager = client_of(desk.manager())
    rule = reverse("alerts:change_rule", args=["site_change"])
    manager.post(rule, {"version": 0, "days": "9", "needs_second": "on"})
    assert (AlertRule.objects.get().days, AlertRule.objects.get().needs_second) == (9, True)
    text = manager.post(rule, {"version": 1, "days": "x"}, follow=True).content.decode()
    assert "mellan 1 och 365" in text
    share = reverse("alerts:change_share")
    assert (
        "Andelen är ändrad"
        in manager.post(share, {"version": 0, "share": "2,5"}, follow=True).content.decode()
    )
    assert "2,5 procent" in client_of(desk.officer()).get(reverse("alerts:samples")).content.decode()
    assert (
        "mellan 0 och 100" in manager.post(share, {"version": 1, "share": "-1"}, follow=True).content.decode()
    )
    assert manager.post(reverse("alerts:change_rule", args=["finns-inte"]), {}).status_code == 404
