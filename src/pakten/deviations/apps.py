from django.apps import AppConfig


class DeviationsConfig(AppConfig):
    name = "pakten.deviations"

    def ready(self) -> None:
        """Tell what this area shows on others' pages, what follows from decisions, and its clock."""
        from pakten.checks.basic.finished import on_finish
        from pakten.deviations import finished_control, schedules
        from pakten.deviations.models import Deviation
        from pakten.deviations.services import effects, ending
        from pakten.jobs import schedules as clock
        from pakten.members.queries import conflicts

        effects.register()
        ending.register()
        conflicts.tie(Deviation)
        clock.register(schedules.HEARINGS)
        on_finish(finished_control.take_in)
        self._show_to_staff()
        self._show_to_organisations()

    def _show_to_staff(self) -> None:
        from pakten.core.home import HOME_SECTIONS
        from pakten.deviations import staff_pages
        from pakten.members import application_panels, member_banners, tabs
        from pakten.records import hooks

        tabs.register(staff_pages.TAB)
        application_panels.register(staff_pages.PANEL)
        member_banners.BANNERS.append(staff_pages.member_banner)
        HOME_SECTIONS.append(staff_pages.home)
        hooks.CASE_LINKS.append(staff_pages.case_link)

    def _show_to_organisations(self) -> None:
        from pakten.deviations import own_file
        from pakten.members import own_file_sections, own_pages
        from pakten.members.applying import status_parts

        own_file_sections.register(own_file.SECTION)
        own_pages.register_tab(own_file.TAB)
        own_pages.OWN_TASKS.append(own_file.tasks)
        own_pages.OWN_RECORDS.append(own_file.records)
        status_parts.STATUS_PARTS.append(own_file.status_part)
