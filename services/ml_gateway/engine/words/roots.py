"""Families of words: "enrolled", "enrollment" and "enroll" share a root. Rough: what matches by it scores less."""

from functools import lru_cache

# Forms that no rule leads to their family.
_FAMILY = {
    form: base
    for line in """
buy bought buyer
sell sold sale seller
teach taught teacher teaching
bear born birth
die died dead death deceased
win won winner winning
write wrote written writer writing
make made maker making
hold held holder
lead led leader leading
build built builder
pay paid payment payer payee
spend spent spending
fly flew flown flight flying
choose chose chosen choice
begin began begun beginning
give gave given giver
take took taken
speak spoke spoken speaker speech
drive drove driven driver driving
know knew known knowledge
grow grew grown growth
send sent sender
leave left leaving
meet met meeting
run ran running runner
lose lost loss loser
ride rode ridden rider
rise rose risen
sing sang sung singer song
swim swam swum swimmer
eat ate eaten
drink drank drunk
break broke broken
steal stole stolen
wear wore worn
draw drew drawn drawing
think thought
bring brought
catch caught
fight fought fighter
find found
weigh weight weighed
tall height high
long length
wide width
deep depth
strong strength
hot heat
marry married marriage
register registration registered registrar
admit admission admitted
subscribe subscription subscriber
prescribe prescription prescribed
describe description described
publish publication publisher published
produce production producer produced
reduce reduction reduced
decide decision decided
permit permission permitted
submit submission submitted
receive receipt reception received receiver recipient
maintain maintenance maintained
explain explanation
acquire acquisition acquired
destroy destruction destroyed
analyze analysis analyst
succeed success successful
fail failure failed failing
able ability
available availability
visible visibility
responsible responsibility
popular popularity
national nationality nation
news newsletter newsletters
active activity
capable capacity
special specialty specialize specialization specialised specialist
major majoring majored
compete competition competitor competitive
repeat repetition
define definition
sponsor sponsorship
member membership
own owner ownership
friend friendship
partner partnership
apply application applicant applied
attend attendance attendee attended attending
assist assistance assistant
reside residence resident
occupy occupancy occupation occupant
depart departure
arrive arrival
approve approval
propose proposal proposed
survive survival survivor
refer reference referral
prefer preference preferred
confer conference
insure insurance insured
invest investment investor
manage management manager
govern government governor
employ employment employee employer
enroll enrollment enrolment enrol enrolled
simulate simulation
compose composer composition
relate relation relationship related
communicate communication
educate education educational
operate operation operator operating
locate location located
create creation creator created
donate donation donor
participate participation participant
immigrate immigration immigrant
nominate nomination nominee
inhabit inhabitant
investigate investigation investigator
vary variety variation various
enter entry entrance
deliver delivery
discover discovery
recover recovery
injure injury injured
enquire enquiry inquiry inquire
hear heard hearing
see saw seen
tell told
say said
host hosting hosted
sign signed signature
store storage stored
edit editor edition editing
advise advisor adviser advice
supervise supervisor supervision
invent inventor invention
act actor actress acting action
direct director direction directed
wait waiter
appear appearance
perform performance performer
differ difference different
""".strip().splitlines()
    for base, *forms in [line.split()]
    for form in (base, *forms)
}  # fmt: skip
_SUFFIXES = (
    "izations", "ization", "isation", "ational", "ations", "ation", "ating", "ators", "ator", "ative", "ated", "ates",
    "itions", "ition", "itors", "itor", "itive", "ments", "ment", "ances", "ance", "ences", "ence", "ional", "ings",
    "ing", "ions", "ion", "ities", "ity", "ness", "ships", "ship", "ists", "ist", "isms", "ism", "able", "ible", "ives",
    "ive", "ees", "ee", "ers", "er", "ors", "or", "ied", "ies", "ed", "ly", "ate", "al", "es", "s",
)  # fmt: skip
_INFLECTIONS = frozenset({"ing", "ings", "ed", "es", "s"})
_KEPT = {"izations": "iz", "ization": "iz", "isation": "iz", "ied": "y", "ies": "y"}
_LEAST = {
    "al": 4,
    "ate": 3,
    "or": 4,
    "er": 3,
    "ee": 4,
    "ist": 4,
    "ity": 4,
    "s": 3,
    "es": 3,
    "ly": 4,
    "ive": 4,
    "ion": 5,
    "ions": 5,
}


@lru_cache(maxsize=32768)
def root(word: str) -> str:
    """The same string for the words of one family, for a folded word."""
    if word in _FAMILY:
        return _FAMILY[word]
    if len(word) < 4 or not word.isalpha():
        return word
    word, suffix = _stripped(word)
    if suffix in _INFLECTIONS and word not in _FAMILY and (bare := _stripped(word))[1] not in _INFLECTIONS:
        word = bare[0]  # "ordered" meets "order", which looks like one who "ords"
    if word in _FAMILY:
        return _FAMILY[word]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "s":
        word = word[:-1]
    if (len(word) > 3 and word[-1] in "ey") or (len(word) > 3 and word[-1] == "i"):
        word = word[:-1]
    return _FAMILY.get(word, _FAMILY.get(word + "e", word))


def _stripped(word: str) -> tuple[str, str]:
    """The word without its ending, and the ending; "" if it has none."""
    for suffix in _SUFFIXES:
        rest = word.removesuffix(suffix)
        if len(rest) < len(word) and len(rest) >= _LEAST.get(suffix, 3) and _has_vowel(rest):
            if suffix == "s" and rest.endswith(("s", "u", "i")):
                continue
            return rest + _KEPT.get(suffix, ""), suffix
    return word, ""


def _has_vowel(text: str) -> bool:
    return any(letter in "aeiouy" for letter in text)
