from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "pakten.members"

    def ready(self) -> None:
        # Models are there only once the applications are ready.
        from pakten.members import own_tabs, tabs

        for tab in own_tabs.TABS:
            tabs.register(tab)
