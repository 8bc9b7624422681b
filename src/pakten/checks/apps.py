from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "pakten.checks"

    def ready(self) -> None:
        """Tell what this area shows on others' pages, and begin a control when an application asks for it."""
        from pakten.checks import basic_panel, group_note, home, member_tab, own_file
        from pakten.checks.models import BasicControl, LikenessState
        from pakten.checks.services.basic_opening import hear, open_basic, take_in_visit
        from pakten.core.home import HOME_SECTIONS
        from pakten.members import application_panels, group_notes, own_file_sections, tabs
        from pakten.members.models import ApplicationState
        from pakten.members.queries import conflicts
        from pakten.members.services.application_states import on_enter
        from pakten.organisations.changes import listen
        from pakten.organisations.merging.relations import register_left_behind
        from pakten.visits.made import on_made

        conflicts.tie(BasicControl)
        HOME_SECTIONS.extend([home.today, home.sure, home.done])
        tabs.register(member_tab.TAB)
        group_notes.register(group_note.note)
        application_panels.register(basic_panel.PANEL)
        own_file_sections.register(own_file.SECTION)
        on_enter(ApplicationState.IN_CONTROL, open_basic)
        on_made(take_in_visit, words="checklistan")
        listen(hear)
        # One that the kept record has too would wait for a person who can't find the record it is on.
        register_left_behind("checks.likeness:organisation_id", {"state": LikenessState.GONE})
