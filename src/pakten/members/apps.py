from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "pakten.members"

    def ready(self) -> None:
        # Models are there only once the applications are ready.
        from pakten.core.home import HOME_SECTIONS
        from pakten.members import home, own_tabs, tabs

        for tab in own_tabs.TABS:
            tabs.register(tab)
        HOME_SECTIONS.extend((home.sure, home.new))
