"""How values are written in text: each format is an SQL expression over a text that gives NULL where it doesn't fit.

Number formats give the number as plain text with a decimal point, so that its exact type can be chosen from all values;
the others give a typed value. All are pure data: what fits a column is decided in inference.py.
"""
# ruff: noqa: S608  (the SQL is ours; names and texts of the file pass through quoted() and literal())

from collections.abc import Callable
from dataclasses import dataclass

from services.integration.catalog.model import ColumnType
from services.integration.files.duck import literal
from services.integration.files.months import MONTH_NAMES

Sql = Callable[[str], str]

# What people write for "no value". In text columns only the unmistakable ones count: "NA" is also Namibia.
MARKERS = (
    "na", "n/a", "#n/a", "null", "nil", "none", "nan", "-", "--", "\u2013", "\u2014", "?", "\\n", "(null)", "<na>",
    "0000-00-00", "0000-00-00 00:00:00", "00.00.0000",
    "#nv", "#div/0!", "#ref!", "#value!", "#name?", "#num!", "#null!", "#wert!", "#bezug!", "#zahl!",
)  # fmt: skip
TEXT_MARKERS = ("null", "n/a", "#n/a", "(null)", "\\n", "<na>", "-", "--", "\u2013", "\u2014")


@dataclass(frozen=True, slots=True)
class Format:
    """key tells formats apart; sql makes the value of a text; note says what a person should know of it."""

    key: str
    type: ColumnType
    sql: Sql
    note: str = ""
    marks: str = ""  # a pattern of currency or percent signs, of which a column may have only one kind
    quick: Sql | None = None  # a faster sql for texts of which it is known that they fit
    hint: str = ""  # a pattern found in some text at least of a column worth trying it on; planning the SQL costs time


def _matched(pattern: str, value: Sql) -> Sql:
    return lambda x: f"CASE WHEN regexp_full_match({x}, {literal(pattern)}) THEN {value(x)} END"


# --- numbers ---------------------------------------------------------------------------------------------------------
# A leading zero ("007") makes an identifier, not a number, so no pattern takes one.
_SPACES = "[ \u00a0\u202f\u2009]"
_APOSTROPHES = "['\u2019]"
_WHOLE = "0|[1-9][0-9]*"
_STYLES: tuple[tuple[str, str, str, Sql], ...] = (
    ("plain", "", rf"(({_WHOLE})(\.[0-9]*)?|\.[0-9]+)", lambda x: x),
    ("us", "comma between thousands", rf"([1-9][0-9]{{0,2}}(,[0-9]{{2,3}})*,[0-9]{{3}}|{_WHOLE})?(\.[0-9]+)?",
     lambda x: f"replace({x}, ',', '')"),
    ("eu", "decimal comma", rf"([1-9][0-9]{{0,2}}(\.[0-9]{{3}})+|{_WHOLE})?(,[0-9]+)?",
     lambda x: f"replace(replace({x}, '.', ''), ',', '.')"),
    ("space", "space between thousands", rf"([1-9][0-9]{{0,2}}({_SPACES}[0-9]{{3}})+|{_WHOLE})(\.[0-9]+)?",
     lambda x: f"regexp_replace({x}, {literal(_SPACES)}, '', 'g')"),
    ("space_comma", "space between thousands, decimal comma",
     rf"([1-9][0-9]{{0,2}}({_SPACES}[0-9]{{3}})+|{_WHOLE})(,[0-9]+)?",
     lambda x: f"replace(regexp_replace({x}, {literal(_SPACES)}, '', 'g'), ',', '.')"),
    ("apostrophe", "apostrophe between thousands",
     rf"([1-9][0-9]{{0,2}}({_APOSTROPHES}[0-9]{{3}})+|{_WHOLE})(\.[0-9]+)?",
     lambda x: f"regexp_replace({x}, {literal(_APOSTROPHES)}, '', 'g')"),
)  # fmt: skip
_CURRENCY = (
    r"(?:US|R|C|CA|A|AU|NZ|HK|S)?\$|[€£¥₹₽₩₺₴₪฿₫₦₱]|(?:USD|EUR|GBP|JPY|CHF|CAD|AUD|INR|CNY|BRL|SEK|NOK|DKK|PLN|CZK|MXN|ZAR)\b"
    r"|kr\.?|zł|Kč|Fr\.|Rs\.?"
)
MARKS = rf"({_CURRENCY}|%)"
# sign or "(", currency, sign, the number, percent or currency, ")" or a sign behind: rearranged to signs and number
_DECORATED = (
    rf"^([-+(\x{{2212}}]?)\s*(?:{_CURRENCY})?\s*([-+\x{{2212}}]?)\s*"
    rf"([0-9.,](?:[0-9.,'\x{{2019}} \x{{00a0}}\x{{202f}}\x{{2009}}]*[0-9])?)"
    rf"\s*(?:%|{_CURRENCY})?\s*([)-]?)$"
)


def _signed(pattern: str) -> str:
    return rf"-?{pattern}"


def _plainly(pattern: str, value: Sql) -> Sql:
    # the styles allow a missing whole part (",5"), so an empty or lone "-" has to be kept out
    return lambda x: (
        f"CASE WHEN regexp_full_match({x}, {literal(_signed(f'({pattern})'))}) AND regexp_matches({x}, '[0-9]') "
        f"THEN {value(x)} END"
    )


def _decorated(pattern: str, value: Sql) -> Sql:
    def sql(x: str) -> str:
        rearranged = f"regexp_replace({x}, {literal(_DECORATED)}, '\\1\\2\\4\\3')"
        negative = "(-|\u2212|\\(\\))"
        number = value(f"regexp_replace({rearranged}, '^({negative}|\\+)', '')")
        fits = rf"({negative})?({pattern})|\+(0|[1-9][0-9]{{0,5}})([.,][0-9]{{1,6}})?"  # a longer "+…" is a telephone's
        return (
            f"CASE WHEN regexp_full_match({rearranged}, {literal(fits)}) AND regexp_matches({x}, '[0-9]') THEN "
            f"CASE WHEN regexp_matches({rearranged}, '^{negative}') THEN '-' ELSE '' END || {number} END"
        )

    return sql


NUMBERS = tuple(
    Format(key, ColumnType.DECIMAL, _plainly(pattern, value), note, hint="[0-9,.]")
    if key != "plain"
    else Format(key, ColumnType.DECIMAL, _matched(_signed(pattern), value), note, quick=value)
    for key, note, pattern, value in _STYLES
)
DECORATED = tuple(
    Format(
        f"{key}_decorated",
        ColumnType.DECIMAL,
        _decorated(pattern, value),
        note,
        MARKS,
        hint=r"[^\w.,]\s*[0-9]|[0-9]\D*$",
    )
    for key, note, pattern, value in _STYLES
)
WHOLE = Format(
    "whole", ColumnType.INTEGER, _matched(r"-?(0|[1-9][0-9]{0,18})", lambda x: f"try_cast({x} AS BIGINT)"),
    quick=lambda x: f"try_cast({x} AS BIGINT)",
)  # fmt: skip
# Whole numbers that some program kept as floating-point ones; "1.000" isn't among them, for it may be a thousand.
WHOLE_ZERO = Format(
    "whole_zero", ColumnType.INTEGER,
    _matched(r"-?(0|[1-9][0-9]{0,18})(\.(0{0,2}|0{4,}))?", lambda x: f"try_cast(split_part({x}, '.', 1) AS BIGINT)"),
)  # fmt: skip
EXPONENT = Format(
    "exponent", ColumnType.NUMBER,
    # with more than a digit before the point, "123E4" is an article's number
    _matched(rf"-?(({_WHOLE})\.[0-9]*|\.[0-9]+|0|[1-9][0-9]{{0,14}}|[0-9](\.[0-9]*)?[eE][-+]?[0-9]{{1,3}})",
             lambda x: f"nullif(abs(try_cast({x} AS DOUBLE)), 'inf') * if(starts_with({x}, '-'), -1, 1)"),
)  # fmt: skip
# Taken only when a person says that the column is a number: "007" is 7 then.
LENIENT_NUMBER = Format(
    "lenient", ColumnType.DECIMAL, _matched(r"[-+]?[0-9]+(\.[0-9]*)?", lambda x: f"replace({x}, '+', '')")
)

# --- truth -----------------------------------------------------------------------------------------------------------
TRUTH_WORDS = (
    ("true", "false"), ("yes", "no"), ("y", "n"), ("t", "f"), ("on", "off"), ("ja", "nein"), ("oui", "non"),
    ("si", "no"), ("sí", "no"), ("sim", "não"), ("ja", "nee"), ("да", "нет"), ("wahr", "falsch"), ("vrai", "faux"),
)  # fmt: skip


def _truth(true: str, false: str) -> Sql:
    return lambda x: f"CASE lower({x}) WHEN {literal(true)} THEN true WHEN {literal(false)} THEN false END"


BOOLEANS = tuple(
    Format(f"{true}/{false}", ColumnType.BOOLEAN, _truth(true, false), "" if true == "true" else f"“{true}” is true")
    for true, false in TRUTH_WORDS
)
LENIENT_BOOLEAN = Format("1/0", ColumnType.BOOLEAN, _truth("1", "0"), "1 is true")

# --- dates and times -------------------------------------------------------------------------------------------------
_DAYS_FIRST = tuple(f"%d{part}%m{part}" for part in "/.- ")
_MONTHS_FIRST = tuple(f"%m{part}%d{part}" for part in "/.- ")
# Two digits of a year come first: "%Y" would take "24" as the year 24.
_NAMED = ("%d-%b-%y", "%d %b %y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%d-%B-%Y", "%d. %B %Y", "%d. %b %Y", "%b %d, %Y",
          "%B %d, %Y", "%b %d %Y", "%B %d %Y", "%d/%b/%Y", "%Y-%b-%d", "%Y %b %d", "%a, %d %b %Y", "%A, %d %B %Y",
          "%A, %B %d, %Y", "%a %b %d %Y")  # fmt: skip
_MONTH_ONLY = ("%b-%y", "%b %Y", "%B %Y", "%b-%Y", "%B-%Y", "%Y %b", "%Y %B")


# A time of day behind a date.
_TAIL = r"[T,\s]+(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s*([AaPp]\.?[Mm]\.?)?$"
# a year of one digit is a version's: 1.10.1
_SHORT_YEAR = r"^[0-9]{1,2}([-/. ])[0-9]{1,2}([-/. ])[0-9]{2}($|[T,\s])"
_DIGITS_FIRST = r"^[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}"
_WITH_NAME = r"^(\pL+,? )?([0-9]{1,4}[.\-/ ]+\pL{3}|\pL{3}.*[0-9])"
_LETTERS_AND_DIGITS = r"[0-9].*[^\W\d_]{3}|[^\W\d_]{3}.*[0-9]"


def _parsed(dates: tuple[str, ...], guard: str) -> Sql:
    listed = ", ".join(literal(one) for one in dates)

    def sql(x: str) -> str:
        value = f"try_strptime({x}, [{listed}])"
        # The guard is for speed, and against "infinity" and "epoch", which try_strptime knows too.
        return (
            f"CASE WHEN regexp_matches({x}, {literal(guard)}) THEN "
            f"CASE WHEN year({value}) BETWEEN 1000 AND 9999 THEN {value}::DATE END END"
        )

    return sql


def _timed(dates: tuple[str, ...], guard: str) -> Sql:
    def sql(x: str) -> str:
        day = _parsed(dates, "[0-9]")(f"regexp_replace({x}, {literal(_TAIL)}, '')")
        half = f"upper(regexp_extract({x}, {literal(_TAIL)}, 2))"
        clock = f"regexp_extract({x}, {literal(_TAIL)}, 1)"
        time = (
            f"CASE WHEN {clock} = '' THEN TIME '00:00:00' "
            f"WHEN {half} = '' THEN try_cast(replace({clock}, ',', '.') AS TIME) "
            f"ELSE try_strptime({clock} || ' ' || replace({half}, '.', ''), ['%I:%M:%S %p', '%I:%M %p'])::TIME END"
        )
        return f"CASE WHEN regexp_matches({x}, {literal(guard)}) THEN ({day}) + ({time}) END"

    return sql


def _days(key: str, dates: tuple[str, ...], note: str, guard: str = _DIGITS_FIRST) -> tuple[Format, Format]:
    hint = r"^[0-9]+[-/. ][0-9]+[-/. ][0-9]" if guard in {_DIGITS_FIRST, _SHORT_YEAR} else _LETTERS_AND_DIGITS
    return (
        Format(key, ColumnType.DATE, _parsed(dates, guard), note, hint=hint),
        Format(f"{key}_time", ColumnType.TIMESTAMP, _timed(dates, guard), note, hint=hint + ".*:"),
    )


def _translated(x: str) -> str:
    text = f"regexp_replace(lower({x}), '\\s+(de|of)\\s+|\\.\\s+|\\.$', ' ', 'g')"
    for english, names in MONTH_NAMES:
        pattern = literal(rf"(^|[^\pL])({names})\.?($|[^\pL])")
        text = f"regexp_replace({text}, {pattern}, '\\1{english}\\3')"
    return f"trim({text})"


_FOREIGN = ("%d-%b-%y", "%d %b %y", "%d %b %Y", "%d-%b-%Y", "%b %d, %Y", "%b %d %Y", "%d/%b/%Y")


def _foreign(x: str) -> str:
    parsed = _parsed(_FOREIGN, "[0-9]")(_translated(x))
    return f"CASE WHEN regexp_matches({x}, '[0-9].*\\pL{{3}}|\\pL{{3}}.*[0-9]') THEN {parsed} END"


ISO_DATE = Format(
    "iso", ColumnType.DATE,
    lambda x: f"CASE WHEN length({x}) = 10 AND try_cast({x} AS DATE)::VARCHAR = {x} THEN try_cast({x} AS DATE) END",
    quick=lambda x: f"try_cast({x} AS DATE)",
)  # fmt: skip
ISO_TIME = Format(
    "iso_time", ColumnType.TIMESTAMP,
    lambda x: f"CASE WHEN length({x}) = 19 AND try_cast({x} AS TIMESTAMP)::VARCHAR = {x} "
    f"THEN try_cast({x} AS TIMESTAMP) END",
    quick=lambda x: f"try_cast({x} AS TIMESTAMP)",
)  # fmt: skip
_CLOCK = r"([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]{1,9})?)?"
_ISO_DAY = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
ISO_LOOSE = Format(
    "iso_loose", ColumnType.TIMESTAMP,
    _matched(rf"{_ISO_DAY}([T ]\s*{_CLOCK})?", lambda x: f"try_cast(replace({x}, ',', '.') AS TIMESTAMP)"),
)  # fmt: skip
ISO_ZONED = Format(
    "iso_zoned", ColumnType.TIMESTAMP_TZ,
    _matched(rf"{_ISO_DAY}[T ]\s*{_CLOCK} ?(Z|z|UTC|GMT|[+-][0-9]{{2}}(:?[0-9]{{2}})?)",
             lambda x: f"try_cast(regexp_replace(regexp_replace(regexp_replace(replace({x}, ',', '.'), "
                       "' ?(Z|z|UTC|GMT)$', '+00'), ' ([+-][0-9:]+)$', '\\1'), "
                       "'([+-][0-9]{2})([0-9]{2})$', '\\1:\\2') AS TIMESTAMPTZ)"),
)  # fmt: skip
COMPACT = Format(
    "compact", ColumnType.DATE,
    _matched("(19|20)[0-9]{6}", lambda x: f"try_strptime({x}, '%Y%m%d')::DATE"), "eight digits read as a day",
)  # fmt: skip
COMPACT_TIME = Format(
    "compact_time", ColumnType.TIMESTAMP,
    _matched("(19|20)[0-9]{6}T?[0-9]{6}", lambda x: f"try_strptime(replace({x}, 'T', ''), '%Y%m%d%H%M%S')"),
    "digits read as a day and a time",
)  # fmt: skip
CLOCK = Format("clock", ColumnType.TIME, _matched(_CLOCK, lambda x: f"try_cast(replace({x}, ',', '.') AS TIME)"))
CLOCK_12 = Format(
    "clock_12", ColumnType.TIME, _matched(r"(0?[1-9]|1[0-2]):[0-5][0-9](:[0-5][0-9])? ?[AaPp][Mm]", lambda x: (
        f"try_strptime({x}, ['%I:%M %p', '%I:%M:%S %p', '%I:%M%p', '%I:%M:%S%p'])::TIME")),
)  # fmt: skip
YEAR_FIRST = _days("ymd", ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"), "")
DAY_FIRST = _days("dmy", tuple(f"{one}%Y" for one in _DAYS_FIRST), "day before month")
MONTH_FIRST = _days("mdy", tuple(f"{one}%Y" for one in _MONTHS_FIRST), "month before day")
DAY_FIRST_SHORT = _days(
    "dmy2", tuple(f"{one}%y" for one in _DAYS_FIRST), "day before month, years of two digits", _SHORT_YEAR
)
MONTH_FIRST_SHORT = _days(
    "mdy2", tuple(f"{one}%y" for one in _MONTHS_FIRST), "month before day, years of two digits", _SHORT_YEAR
)
NAMED = _days("named", _NAMED, "", _WITH_NAME)
FOREIGN = Format("foreign", ColumnType.DATE, _foreign, "names of months in their language", hint=_LETTERS_AND_DIGITS)
MONTH = Format(
    "month",
    ColumnType.DATE,
    _parsed(_MONTH_ONLY, r"^\pL{3,9}[- ][0-9]{2,4}$|^[0-9]{4} \pL{3,9}$"),
    "months read as their first day",
)

# From the most telling to the least: of the formats that fit a column, the first is taken.
PREFERENCE: tuple[Format, ...] = (
    *BOOLEANS, ISO_DATE, ISO_TIME, ISO_ZONED, ISO_LOOSE, COMPACT, COMPACT_TIME, CLOCK, CLOCK_12, WHOLE, WHOLE_ZERO,
    *NUMBERS, EXPONENT,
    YEAR_FIRST[0], MONTH_FIRST[0], DAY_FIRST[0], MONTH_FIRST_SHORT[0], DAY_FIRST_SHORT[0], NAMED[0],
    YEAR_FIRST[1], MONTH_FIRST[1], DAY_FIRST[1], MONTH_FIRST_SHORT[1], DAY_FIRST_SHORT[1], NAMED[1], FOREIGN, MONTH,
    *DECORATED,
)  # fmt: skip
RANK = {one.key: at for at, one in enumerate(PREFERENCE)}
BY_KEY = {one.key: one for one in PREFERENCE}
# Two ways to read the same text with different meanings: both are tried on every value.
RIVALS = {
    "mdy": "dmy", "dmy": "mdy", "mdy_time": "dmy_time", "dmy_time": "mdy_time", "mdy2": "dmy2", "dmy2": "mdy2",
    "mdy2_time": "dmy2_time", "dmy2_time": "mdy2_time", "us": "eu", "us_decorated": "eu_decorated", "plain": "eu",
    "plain_decorated": "eu_decorated",
}  # fmt: skip
