from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    name = "pakten.members"

    def ready(self) -> None:
        # Models are there only once the applications are ready.
        from pakten.core.home import HOME_SECTIONS
        from pakten.members import home, own_tabs, tabs

        for tab in own_tabs.TABS:
            tabs.register(tab)
        HOME_SECTIONS.append(home.sections)
        self._register_structure()
        self._register_correspondence()
        self._register_handling()
        self._register_pledges()
        self._register_applying()
        post_migrate.connect(_fill_in, sender=self, dispatch_uid="pakten.members")

    def _register_applying(self) -> None:
        """The clock that deletes what was begun and never sent."""
        from pakten.jobs import schedules
        from pakten.members.applying import timing

        schedules.register(timing.TIMED)

    def _register_pledges(self) -> None:
        """The tab of a member's page, and the clock that reminds those who are silent."""
        from pakten.jobs import schedules
        from pakten.members import campaign_tasks, pledge_tab, tabs

        tabs.register(pledge_tab.TAB)
        schedules.register(campaign_tasks.REMINDERS)

    def _register_handling(self) -> None:
        """Decisions' effects, the parts of an application's page, its clock, and the published list."""
        from pakten.core.home import HOME_SECTIONS
        from pakten.jobs import schedules
        from pakten.members import (
            application_home,
            application_own_panels,
            application_panels,
            application_schedules,
            case_links,
        )
        from pakten.members.models import ApplicationState
        from pakten.members.services import (
            application_states,
            applications_effects,
            applications_handling,
            public_list,
        )
        from pakten.organisations import telling
        from pakten.records import hooks

        hooks.CASE_LINKS.append(case_links.application_link)
        hooks.on_conflict(applications_handling.free_for_conflict)
        HOME_SECTIONS.append(application_home.today)
        applications_effects.register()
        application_states.on_enter(ApplicationState.REGISTERED, applications_handling.begin_clock)
        for panel in application_own_panels.PANELS:
            application_panels.register(panel)
        schedules.register(application_schedules.COMPLETIONS)
        telling.on_change(public_list.refresh)

    def _register_correspondence(self) -> None:
        """Contacts and messages on the member's page, and the member's own file."""
        from pakten.core.home import FIRST_PAGES, HOME_SECTIONS
        from pakten.letters import mass
        from pakten.members import correspondence_tabs, own_file_facts, own_file_sections, tabs

        for tab in correspondence_tabs.TABS:
            tabs.register(tab)
        for section in own_file_facts.SECTIONS:
            own_file_sections.register(section)
        mass.register("members.recipient:")
        HOME_SECTIONS.append(correspondence_tabs.home)
        FIRST_PAGES.append(correspondence_tabs.first_page)

    def _register_structure(self) -> None:
        """What follows from decisions about memberships, and what a merge does with this area's rows."""
        from pakten.members.services import membership_effects, membership_merging
        from pakten.organisations.merging import relations

        membership_effects.register()

        relations.register_planner(membership_merging.KEY, membership_merging.plan)
        # What an import did stays as it was told.
        relations.register_stays("members.importrow:organisation_id")


def _fill_in(using: str, **_: Any) -> None:
    from pakten.members.defaults import fill_in

    fill_in(using)
