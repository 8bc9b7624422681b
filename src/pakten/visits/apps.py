from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "pakten.visits"

    def ready(self) -> None:
        """Tell what this area shows on others' pages."""
        from pakten.core.home import HOME_SECTIONS
        from pakten.jobs import schedules
        from pakten.jobs.services import ON_RESTART, ON_STOP
        from pakten.members import application_panels, own_file_sections, tabs
        from pakten.visits import application_panel, home, member_tab, own_file, timing
        from pakten.visits.services.cancelling import cancel, take_up
        from pakten.visits.services.ordering import KIND, ROUND_KIND

        HOME_SECTIONS.append(home.disposal)
        tabs.register(member_tab.TAB)
        own_file_sections.register(own_file.SECTION)
        application_panels.register(application_panel.PANEL)
        schedules.register(timing.LOST_FILES)
        schedules.register(timing.UNTOLD)
        for kind in (KIND, ROUND_KIND):
            ON_STOP[kind], ON_RESTART[kind] = cancel, take_up
