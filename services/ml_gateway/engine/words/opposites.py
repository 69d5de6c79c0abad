"""States and their opposites: what is open has not been closed yet, an outdoor court is no indoor one."""

from services.ml_gateway.engine.words.roots import root

_PAIRS = """
open closed; indoor outdoor; inside outside; present absent; present absence; attended absent; attended missed;
active inactive; paid outstanding; paid due; paid owing; paid owed; settled outstanding; online offline;
public private; included excluded; allowed forbidden; permitted forbidden; allowed prohibited; married single;
permanent temporary; domestic foreign; used new; accepted rejected; approved rejected; accepted refused;
passed failed; successful failed; visible hidden; enabled disabled; internal external; automatic manual; alive dead;
alive deceased; full empty; fixed variable; voluntary mandatory; optional mandatory; optional required;
optional compulsory; sober drunk; vegetarian meat; healthy sick; healthy ill; complete partial; occupied vacant;
occupied free; occupied empty; booked free; available sold; inbound outbound; incoming outgoing; early late;
punctual late; taxable exempt; resident foreign; free paid; adult child; adult minor; professional amateur;
current former; employed former; billable free; final draft; final preliminary; published draft
"""
_OPPOSITES: dict[str, set[str]] = {}
for _pair in _PAIRS.replace("\n", " ").split(";"):
    _one, _other = _pair.split()
    _OPPOSITES.setdefault(_one, set()).add(root(_other))
    _OPPOSITES.setdefault(_other, set()).add(root(_one))

# What has not come to its end: the day of that end is missing.
_ENDS = """end ended ends ending finish finished complete completed close closed until left leave leaving withdrawn
    terminate terminated termination cancel cancelled canceled discharge discharged quit exit retired decommissioned
    expired"""
_DONE = """close closed resolve resolved settle settled pay paid decide decided answer answered complete completed
    finish finished end ended process processed approve approved return returned"""
_STATES = {
    "open": _DONE, "outstanding": _DONE + " deliver delivered receive received hand handed submit submitted",
    "pending": _DONE + " deliver delivered receive received confirm confirmed", "overdue": "return returned pay paid",
    "due": "pay paid return returned", "missing": "receive received hand handed submit submitted return returned",
    "alive": "death died dead decease deceased", "living": "death died dead decease deceased",
    "ongoing": _ENDS, "running": _ENDS, "current": _ENDS, "currently": _ENDS, "active": _ENDS, "continuing": _ENDS,
    "still": _ENDS, "existing": _ENDS, "present": _ENDS,
}  # fmt: skip
_PREFIXES, _SHORTEST = ("un", "non"), 4
_OTHER_PREFIXES = {
    word: prefix
    for prefix, words in (
        ("in", "inactive incomplete invalid ineligible inaccessible inexperienced incorrect invisible inoperative"),
        ("ir", "irregular"),
        ("dis", "disapproved disconnected disabled disqualified disallowed"),
    )
    for word in words.split()
}


def opposites(form: str) -> frozenset[str]:
    """Roots of the qualities that what is called so has not; empty where there are none."""
    return frozenset(_OPPOSITES.get(form, ())) | denied(form)


def denied(form: str) -> frozenset[str]:
    """The root of the quality, or of the deed, that a prefix denies: "unpaid"; empty without one."""
    for prefix in (*_PREFIXES, *([_OTHER_PREFIXES[form]] if form in _OTHER_PREFIXES else ())):
        rest = form.removeprefix(prefix)
        if rest != form and len(rest) >= _SHORTEST:
            return frozenset((root(rest),))
    return frozenset()


def undone(form: str) -> frozenset[str]:
    """Roots of what has not happened yet to what is called so."""
    return _UNDONE.get(form, frozenset()) | denied(form)


_UNDONE = {state: frozenset(root(word) for word in words.split()) for state, words in _STATES.items()}
