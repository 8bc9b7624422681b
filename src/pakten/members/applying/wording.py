"""What the application says to people, word for word as the city wants it said; in one place."""

from __future__ import annotations

INTRO = (
    "Här ansöker din organisation om medlemskap i nätverket. Det tar ungefär tio minuter och kostar inget."
)
NOTICE = (
    "Det du skickar till oss blir en allmän handling. Den kan lämnas ut om någon frågar efter den. "
    "Skriv inte känsliga personuppgifter."
)
RECEIVED = "Vi har tagit emot er ansökan. Ert ärendenummer är {dnr}."
WHAT_NOW = (
    "Vi kontrollerar uppgifterna i offentliga register och besöker er webbplats. "
    "Du får besked när vi är klara."
)
COMMENT = "Synpunkter från den som ansöker"
WAITING = "Vi behöver mer uppgifter av er. Svara senast {day}."
ANSWER_RECEIVED = "Vi har tagit emot ert svar. Du får besked när vi har gått igenom det."
IN_CONTROL = "Vi går igenom er ansökan."
ACCEPTED = "Välkommen! {name} är medlem från och med den {day}."
NOT_ACCEPTED = "Vi kan inte ta emot er som medlem just nu."
