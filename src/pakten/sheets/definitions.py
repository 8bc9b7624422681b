"""What the words in the workbook mean, for whoever gets it without the system at hand."""

DEFINITIONS: tuple[tuple[str, str], ...] = (
    (
        "Uppfyllt",
        "Inget namn som vi känner till hos medlemmen liknar ett namn på de bindande listorna, "
        "eller så har personer bedömt att alla namnlikheter är en annan.",
    ),
    (
        "Inte uppfyllt",
        "Två personer har bedömt att någon är samma som på en bindande lista. "
        "Vad det betyder för medlemskapet avgörs för sig.",
    ),
    (
        "Vet inte",
        "En namnlikhet väntar, går inte att avgöra, eller något gick inte att kontrollera. "
        "Det räknas aldrig som uppfyllt och betyder inte att något är fel.",
    ),
    ("Gäller inte", "Kravet gäller inte den här sortens organisation."),
    ("Inget att anmärka", "Kontrollpunkten är undersökt och inget avviker."),
    ("Avvikelse", "En person har sett att något inte stämmer med kraven."),
    (
        "Gick inte att kontrollera",
        "Källan gick inte att nå eller sa inget. Det betyder inte att något är fel.",
    ),
    ("Resultat", "Så här står det nu, med bedömningar som har gjorts efter kontrollen."),
    ("Resultat vid kontrollen", "Så här blev det när kontrollen gjordes."),
    (
        "Jämförda personer",
        "Så många personer som vi känner till och har jämfört. 0 = vi känner inte till några.",
    ),
    ("Jämförda ägare", "Så många ägare som vi känner till och har jämfört. 0 = vi känner inte till några."),
    ("Namnlikhet", "Ett namn hos medlemmen liknar ett namn på en lista. Det säger inte att det är samma."),
    ("Likhet", "Hur lika namnen är, från 0 till 1. Det är ingen sannolikhet och inget betyg."),
    (
        "Inte frågat",
        "Punkten finns inte i medlemmens senaste checklista, eller så är ingen checklista gjord.",
    ),
    ("Inte jämförd", "Medlemmen är inte jämförd med den listan i den här kontrollen."),
    ("Iakttagelser som väntar", "Något som ingen har bedömt än. Det är ingen avvikelse."),
    ("Kontrollsumma", "SHA-256. Samma innehåll har alltid samma kontrollsumma."),
    ("Organisationsnummer", "Numret för en enskild firma är ett personnummer och är maskerat."),
)
