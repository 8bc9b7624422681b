from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "pakten.alerts"

    def ready(self) -> None:
        """Follow the likenesses and runs of checks, and the visits; tell the home page; order timed work."""
        from pakten.alerts import home, schedules
        from pakten.alerts.services import sites
        from pakten.alerts.services.likenesses import follow
        from pakten.alerts.services.sampling import draw
        from pakten.alerts.views.handling import beside_likeness
        from pakten.checks import beside, hooks
        from pakten.core.home import HOME_SECTIONS
        from pakten.jobs.schedules import register
        from pakten.organisations.changes import listen
        from pakten.visits.made import on_made

        hooks.on_standing(follow)
        hooks.on_finished(draw)
        on_made(sites.hear_visit, words="listan Att bedöma")
        listen(sites.hear)
        beside.register(beside.Beside("alerts/_handling.html", beside_likeness))
        HOME_SECTIONS.append(home.sections)
        register(schedules.RETURNS)
        register(schedules.LIKENESSES)
        register(schedules.SITES)
