"""How each figure is counted, in words that can stand in a reply."""

_MERGED = "Poster som har slagits ihop räknas som en organisation."
_SECTOR = "Sektorn är den som organisationen har i registret i dag."

MEMBERS = (
    "Antalet organisationer som var medlemmar, aktiva eller vilande, den sista dagen i varje kvartal och "
    "den valda dagen. Dagen räknas när den är slut: den som blir medlem den dagen räknas med, den som har "
    f"sin sista dag gör det inte. {_SECTOR} {_MERGED} Den som har okänd inträdesdag räknas från dagen då vi "
    "lade in medlemskapet. För tiden före det går det inte att säga."
)
CAME = (
    "Antalet medlemskap som började under kvartalet, efter inträdesdagen. Den som lämnar och kommer "
    "tillbaka räknas båda gångerna. Är inträdesdagen inte känd räknas medlemskapet som okänt, det kvartal "
    f"då vi lade in det. {_SECTOR} {_MERGED}"
)
LEFT = (
    "Antalet medlemskap som hade sin sista dag under kvartalet. Medlemmar i slutet av kvartalet är "
    "medlemmar i början, plus nya med känd och okänd inträdesdag, minus dem som har lämnat. "
    f"{_SECTOR} {_MERGED}"
)
REASONS = (
    "Samma medlemskap som i siffran om dem som har lämnat, efter det skäl som noterades när medlemskapet "
    "avslutades. Okänt skäl betyder att ingen har noterat något."
)
APPLICATIONS = (
    "Ansökningar som kom in, som fick ett beslut och som återkallades eller förföll under kvartalet, och "
    "de som väntade på beslut när kvartalet var slut. En ansökan kan komma in ett kvartal och beslutas ett "
    "annat. Ett beslut om att vänta räknas inte som ett svar."
)
TIME = (
    "Dagar från det att ansökan kom in till beslutet, för de ansökningar som fick beslut under kvartalet. "
    "Medianen är den mittersta tiden: hälften fick beslut snabbare. Ansökningar som väntar är inte med."
)
SAMPLES = (
    "Kontroller som inte fann något och som slumpen valde ut åt en andra person, till och med den valda "
    "dagen. Andelen lästa är de som den andra personen hade läst den dagen, delat med alla utvalda. Andelen "
    "ändrade är de där den andra personen fann något som den första inte såg, delat med alla lästa. Det som "
    "väntar, det som den läsande inte kunde avgöra och det som föll bort innan någon läste står för sig och "
    "räknas aldrig som att kontrollen höll."
)
PLEDGED = (
    "Medlemmar den valda dagen, efter om de har intygat den version av texten som gällde då. En medlem som "
    "har fått frågan och inte svarat räknas som okänd, aldrig som ett ja. Inte tillfrågade har varken fått "
    f"frågan eller intygat. {_MERGED}"
)
