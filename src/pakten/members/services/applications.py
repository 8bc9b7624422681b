"""All that officers do with applications; each is one verb in a module of its own subject."""

from pakten.members.services.applications_adopting import adopt
from pakten.members.services.applications_completion import (
    CompletionFacts,
    ask_completion,
    lapse_all,
    remind_all,
)
from pakten.members.services.applications_deciding import (
    Found,
    Proposal,
    Ruling,
    decide_application,
    finish_and_propose,
    propose,
)
from pakten.members.services.applications_effects import APPLICATION_EFFECTS, notify
from pakten.members.services.applications_handling import (
    assign,
    finish_control,
    return_to_control,
    start_control,
    take,
    take_up_lapsed,
)
from pakten.members.services.applications_many import MOST, Done, assign_many, start_many

__all__ = [
    "APPLICATION_EFFECTS",
    "MOST",
    "CompletionFacts",
    "Done",
    "Found",
    "Proposal",
    "Ruling",
    "adopt",
    "ask_completion",
    "assign",
    "assign_many",
    "decide_application",
    "finish_and_propose",
    "finish_control",
    "lapse_all",
    "notify",
    "propose",
    "remind_all",
    "return_to_control",
    "start_control",
    "start_many",
    "take",
    "take_up_lapsed",
]
