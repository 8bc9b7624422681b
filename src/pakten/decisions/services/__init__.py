"""Everything that changes decisions: one transaction, one policy check, an entry in the log."""

from pakten.decisions.services.deciding import DecisionFacts, decide
from pakten.decisions.services.order import ItemFacts, RuleFacts, add_item, change_rule, end_item
from pakten.decisions.services.reporting import report_to_board
from pakten.decisions.services.second import agree, send_back
from pakten.decisions.services.withdrawing import fall_away, take_back

__all__ = [
    "DecisionFacts",
    "ItemFacts",
    "RuleFacts",
    "add_item",
    "agree",
    "change_rule",
    "decide",
    "end_item",
    "fall_away",
    "report_to_board",
    "send_back",
    "take_back",
]
