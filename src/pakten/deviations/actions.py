"""This area's actions in the log, and the words for the values that go with them."""

from pakten.deviations.models import Came, Level, Seriousness

ACTIONS = {
    "deviations.deviation.observation": "antecknade en iakttagelse",
    "deviations.deviation.deviation": "gjorde något till en avvikelse",
    "deviations.deviation.escalated": "eskalerade en avvikelse",
    "deviations.deviation.blocked": "spärrade en organisation för en avvikelse",
    "deviations.deviation.fixed": "avslutade en avvikelse som åtgärdad",
    "deviations.deviation.dismissed": "avskrev en avvikelse",
    "deviations.deviation.accepted": "godtog en avvikelse",
    "deviations.deviation.ended": "avslutade en avvikelse med ansökan",
    "deviations.deviation.assessed": "bedömde en avvikelse",
    "deviations.evidence.added": "lade till underlag till en avvikelse",
    "deviations.evidence.disposed": "gallrade underlag till en avskriven avvikelse",
    "deviations.proposal.made": "föreslog en ny nivå för en avvikelse",
    "deviations.proposal.withdrawn": "tog tillbaka ett förslag om en avvikelse",
    "deviations.hearing.sent": "skrev till en organisation om en avvikelse",
    "deviations.hearing.reminded": "påminde en organisation om synpunkter",
    "deviations.hearing.silent": "antecknade att svar uteblev",
    "deviations.comment.received": "tog emot synpunkter på en avvikelse",
}
FIELDS = {
    "title": "Vad",
    "source": "Källa",
    "level": "Nivå",
    "seriousness": "Hur allvarligt",
    "assessment": "Vår bedömning",
    "follow_up_on": "Följs upp",
    "proposed": "Förslag",
    "urgent": "Varför det inte kan vänta",
    "number": "Ärende",
    "record": "Handling",
    "decision": "Beslut",
    "answer_by": "Synpunkter senast",
    "sources": "Källor",
    "came": "Kom genom",
    "sha256": "Kontrollsumma",
    "disposal_decision": "Gallringsbeslut",
    "count": "Antal",
}
CODES = {"level": Level, "seriousness": Seriousness, "came": Came}
