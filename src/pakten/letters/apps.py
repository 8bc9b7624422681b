from datetime import time

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "pakten.letters"

    def ready(self) -> None:
        """Have the post sent each minute, and tell the home page what waits or could not be sent."""
        from pakten.core.home import HOME_SECTIONS
        from pakten.jobs.schedules import DAY, MINUTE, Timed, register
        from pakten.letters import home, queries

        HOME_SECTIONS.append(home.today)
        register(
            Timed(
                "letters.send",
                "Skicka utgående post",
                "pakten.letters.tasks.send_due",
                every=MINUTE,
                when=queries.anything_due,
            )
        )
        register(
            Timed(
                "letters.forget_disposed",
                "Ta bort texten i gallrade utskick",
                "pakten.letters.tasks.forget_disposed",
                every=DAY,
                at=time(4),
                when=queries.anything_disposed,
            )
        )
        register(
            Timed(
                "letters.forget_outlived",
                "Gallra gammal systempost utan ärende",
                "pakten.letters.tasks.forget_outlived",
                every=DAY,
                at=time(4, 10),
                when=queries.anything_outlived,
            )
        )
