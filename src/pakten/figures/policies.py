"""Who may read figures, see whom they count, and freeze them."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from pakten.accounts.models import Role, User
from pakten.accounts.policies import STAFF, check_role, has_role
from pakten.figures.figure import Figure

# Politicians read the numbers; who is behind them is for the staff.
READERS = (*STAFF, Role.BOARD_MEMBER)
LIST_READERS = STAFF
FREEZERS = (Role.CASE_OFFICER, Role.MANAGER, Role.DIRECTOR, Role.BOARD_SECRETARY)


def may_see_lists(user: User | AnonymousUser, figure: Figure | None = None) -> bool:
    """Whether the user sees whom the figure counts; some count what fewer may see."""
    fewer = figure.list_readers if figure else ()
    return has_role(user, *LIST_READERS) and (not fewer or has_role(user, *fewer))


def check_may_see_lists(user: User, figure: Figure | None) -> None:
    """Raise PermissionDenied unless the user may see whom the figure counts."""
    if not may_see_lists(user, figure):
        raise PermissionDenied("Du får se talen, men inte vilka som räknas.")


def may_freeze(user: User | AnonymousUser) -> bool:
    return has_role(user, *FREEZERS)


def check_may_freeze(user: User | None) -> None:
    """Raise PermissionDenied unless the user may freeze figures."""
    check_role(user, *FREEZERS)
