"""Public registers, and what they say of an organisation.

One story. A register comes as a file (Bolagsverket's and SCB's bulk files, GLEIF's golden copies, the list of
public bodies, any table) or is asked over the network (Bolagsverket's API, GLEIF's). Files are read by the
engine into editions (:mod:`vandel.registers`) under ``settings.REGISTER_STORE``; ``RegisterInForce`` says
which edition the application asks. Three things ask:

- the public application's form, by number, to save people from typing (:func:`look_up`): editions only;
- a control (:func:`pakten.organisations.services.register_lookups.look_up_organisation`): every register that
  is connected, each answer kept as a ``RegisterLookup`` with source and digest, and what has changed told;
- the check list, which reads the kept answers (:mod:`pakten.organisations.register_queries`).

Nothing of a private person's identity passes the engine's door (L-29).
"""

from pakten.organisations.registers.prefill import RegisterFacts, example_number, look_up

__all__ = ["RegisterFacts", "example_number", "look_up"]
