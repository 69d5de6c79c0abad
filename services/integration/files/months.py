"""Names of months in the languages that dates are read in, by their English short name. Pure data."""

MONTH_NAMES = (
    ("jan", "januar|janvier|janv|enero|ene|gennaio|gen|janeiro|januari|jän|jänner"),
    ("feb", "februar|février|févr|fév|febrero|febbraio|fevereiro|fev|februari"),
    ("mar", "märz|mär|mrz|mars|marzo|março|maart|mrt"),
    ("apr", "avril|avr|abril|abr|aprile"),
    ("may", "mai|mayo|maggio|mag|maio|mei"),
    ("jun", "juni|juin|junio|giugno|giu|junho"),
    ("jul", "juli|juillet|juil|julio|luglio|lug|julho"),
    ("aug", "août|aout|agosto|ago|augustus"),
    ("sep", "septembre|sept|septiembre|settembre|set|setembro"),
    ("oct", "oktober|okt|octobre|octubre|ottobre|ott|outubro|out"),
    ("nov", "novembre|noviembre|novembro"),
    ("dec", "dezember|dez|décembre|déc|diciembre|dic|dicembre|dezembro"),
)
