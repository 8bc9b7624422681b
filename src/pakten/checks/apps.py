from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "pakten.checks"

    def ready(self) -> None:
        """Tell the home page and the member's page what this area has to show."""
        from pakten.checks import home, member_tab
        from pakten.core.home import HOME_SECTIONS
        from pakten.members import tabs

        HOME_SECTIONS.extend([home.today, home.sure, home.done])
        tabs.register(member_tab.TAB)
