"""This area's actions in the log."""

ACTIONS = {
    "members.import.uploaded": "lade upp ett medlemsregister",
    "members.import.tried": "provkörde ett medlemsregister",
    "members.import.applied": "läste in ett medlemsregister",
    "members.import.undone": "ångrade en inläsning",
    "members.memberships.admitted": "tog in flera medlemmar",
    "members.memberships.withdrawn": "tog bort flera felaktiga medlemskap",
    "members.membership.admitted": "tog in en medlem",
    "members.membership.changed": "ändrade ett medlemskap",
    "members.membership.ended": "avslutade ett medlemskap",
    "members.membership.made_dormant": "gjorde ett medlemskap vilande",
    "members.membership.resumed": "återupptog ett medlemskap",
    "members.membership.restored": "återställde ett medlemskap",
    "members.membership.withdrawn": "tog bort ett felaktigt medlemskap",
}
