from django.apps import AppConfig


class WatchingConfig(AppConfig):
    name = "pakten.watching"

    def ready(self) -> None:
        """Hear of changes, work by the clock, and tell staff on every page when it can't be trusted."""
        from pakten.core.banners import BANNERS
        from pakten.core.home import HOME_SECTIONS
        from pakten.jobs.schedules import hold_while, register
        from pakten.members import tabs
        from pakten.organisations.changes import listen
        from pakten.watching import banners, home, member_tab, schedules
        from pakten.watching.queries.halts import is_halted
        from pakten.watching.services.hearing import hear

        listen(hear)
        hold_while(is_halted)
        HOME_SECTIONS.append(home.sure)
        tabs.register(member_tab.TAB)
        BANNERS.extend([banners.missed, banners.stopped])
        for timed in schedules.SCHEDULES:
            register(timed)
