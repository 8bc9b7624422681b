from datetime import time

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "pakten.organisations"

    def ready(self) -> None:
        """Keep what registers said where it was said, and fetch their files anew by the clock."""
        from pakten.jobs.schedules import DAY, Timed, register
        from pakten.organisations.merging.relations import register_stays

        register_stays("organisations.registerlookup:organisation_id")
        register(
            Timed(
                "organisations.registers",
                "Hämta registrens filer",
                "pakten.organisations.tasks.refresh_registers",
                every=7 * DAY,
                at=time(4),
                automatic=True,
            )
        )
