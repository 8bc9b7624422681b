from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "pakten.sheets"

    def ready(self) -> None:
        """Draw the paper of a finished check list, and lead from a control to its sheets."""
        from pakten.checks import links, papers
        from pakten.sheets.links import link_of
        from pakten.sheets.services import paper_of

        papers.register(paper_of)
        links.register(link_of)
