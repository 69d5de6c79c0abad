"""Abbreviations of general use in names of tables and columns, and the words that they stand for.

Those with several usual meanings (exp, st, temp) aren't here.
"""

from __future__ import annotations

import re

_WRITTEN = """
acct account; addr address; adj adjustment; amt amount; appt appointment; approx approximate; attr attribute; auth
authorization; avg average; bal balance; bdate birth date; bldg building; cat category; cd code; chg charge; cmt
comment; cnt count; coef coefficient; comm commission; corp corporation; ctry country; cty city; curr currency; cust
customer; deg degree; dept department; desc description; dest destination; diff difference; dist distance; div
division; dob date of birth; doc document; dt date; dur duration; emp employee; est estimate; ext extension; fk
foreign key; freq frequency; fwd forward; grp group; hr hour; hrs hours; ht height; img image; inc income; ins
insurance; inv invoice; inst institution; intl international; lang language; lat latitude; lng longitude; loc
location; lon longitude; lvl level; max maximum; med medical; mfg manufacturing; mgr manager; min minimum; mo month;
msg message; mth month; mtg meeting; nbr number; num number; obj object; ord order; org organization; pct percent;
perc percent; pmt payment; pop population; prc price; prev previous; prod product; proj project; pt point; pts points;
pub publication; purch purchase; pwd password; qty quantity; rcpt receipt; rcvd received; recv received; ref
reference; reg region; rev revenue; sched schedule; seq sequence; shp shipment; shpmt shipment; sls sales; std
standard; stmt statement; sts status; subj subject; sup supplier; supp supplier; svc service; tech technical; tel
telephone; tmp temporary; tot total; trans transaction; txn transaction; trx transaction; typ type; uom unit of
measure; univ university; usr user; val value; veh vehicle; vend vendor; vol volume; whse warehouse; wk week; wt
weight; yr year; yrs years
"""
_MEANINGS = {
    short: meaning
    for short, _, meaning in (entry.strip().partition(" ") for entry in re.sub(r"\s+", " ", _WRITTEN).split(";"))
}


def spelled_out(name: str) -> tuple[str, bool]:
    """A name as words in lower case, and whether an abbreviation was spelled out: "cust_addr" is "customer address"."""
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name)
    spaced = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", spaced)
    found = re.findall(r"[^\W_]+", spaced.lower())
    said = [_MEANINGS.get(word, word) for word in found]
    return " ".join(said), said != found
