from datetime import time, timedelta

from django.apps import AppConfig


class WatchingConfig(AppConfig):
    name = "pakten.watching"

    def ready(self) -> None:
        """Hear of changes, work by the clock, and tell staff on every page when it can't be trusted."""
        from pakten.core.banners import BANNERS
        from pakten.core.home import HOME_SECTIONS
        from pakten.jobs.schedules import DAY, MINUTE, Timed, hold_while, register
        from pakten.members import tabs
        from pakten.organisations.changes import listen
        from pakten.watching import banners, home, member_tab
        from pakten.watching.queries.halts import is_halted
        from pakten.watching.queries.waiting import anything_to_take_up
        from pakten.watching.services import fetching
        from pakten.watching.services.hearing import hear

        listen(hear)
        hold_while(is_halted)
        HOME_SECTIONS.append(home.sure)
        tabs.register(member_tab.TAB)
        BANNERS.extend([banners.missed, banners.stopped])
        register(
            Timed(
                "watching.take_up",
                "Kontrollera om det som har ändrats",
                "pakten.watching.tasks.take_up",
                every=MINUTE,
                shown=True,
                when=anything_to_take_up,
                automatic=True,
            )
        )
        register(
            Timed(
                "watching.fetch_lists",
                "Hämta sanktionslistor",
                "pakten.watching.tasks.fetch_lists",
                every=timedelta(hours=1),
                shown=True,
                when=fetching.anything_due,
                automatic=True,
            )
        )
        register(
            Timed(
                "watching.look_around",
                "Gå igenom alla medlemmar",
                "pakten.watching.tasks.look_around",
                every=DAY,
                at=time(5),
                shown=True,
                automatic=True,
            )
        )
        # Not held by the stop button: it is most needed when something seems wrong.
        register(
            Timed(
                "watching.selftest",
                "Självtest av kontrollen",
                "pakten.watching.tasks.plant_and_look",
                every=DAY,
                at=time(3, 30),
                shown=True,
            )
        )
