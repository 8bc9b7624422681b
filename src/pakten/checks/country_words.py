"""Swedish names of the countries that sanctions lists and our neighbours' registers speak of most."""

from __future__ import annotations

_NAMES = """
ae Förenade Arabemiraten|af Afghanistan|am Armenien|at Österrike|az Azerbajdzjan
ba Bosnien och Hercegovina|be Belgien|bg Bulgarien|by Belarus|ca Kanada
cd Demokratiska republiken Kongo|cf Centralafrikanska republiken|ch Schweiz|cn Kina|cy Cypern
cz Tjeckien|de Tyskland|dk Danmark|ee Estland|eg Egypten|es Spanien|fi Finland|fr Frankrike
gb Storbritannien|ge Georgien|gr Grekland|hk Hongkong|hr Kroatien|ht Haiti|hu Ungern|ie Irland
il Israel|in Indien|iq Irak|ir Iran|is Island|it Italien|jo Jordanien|jp Japan|kg Kirgizistan
kp Nordkorea|kz Kazakstan|lb Libanon|lt Litauen|lu Luxemburg|lv Lettland|ly Libyen|md Moldavien
me Montenegro|mk Nordmakedonien|ml Mali|mm Myanmar|mt Malta|ng Nigeria|ni Nicaragua|nl Nederländerna
no Norge|pa Panama|pk Pakistan|pl Polen|pt Portugal|ro Rumänien|rs Serbien|ru Ryssland
sa Saudiarabien|sd Sudan|se Sverige|sg Singapore|si Slovenien|sk Slovakien|so Somalia|ss Sydsudan
sy Syrien|tj Tadzjikistan|tm Turkmenistan|tn Tunisien|tr Turkiet|ua Ukraina|us USA|uz Uzbekistan
ve Venezuela|vg Brittiska Jungfruöarna|xk Kosovo|ye Jemen|zw Zimbabwe
"""
NAMES = dict(entry.split(" ", 1) for entry in _NAMES.strip().replace("\n", "|").split("|"))


def country(code: str) -> str:
    """The country's Swedish name; the code itself, in capitals, where we have none."""
    return NAMES.get(code.lower(), code.upper())
