"""General English of business questions, in lemmas. Words alone: nothing here knows any schema."""

from services.ml_gateway.engine.words.countries import COUNTRIES as COUNTRIES
from services.ml_gateway.engine.words.dates import BOOKKEEPING_DATES as BOOKKEEPING_DATES
from services.ml_gateway.engine.words.dates import CLOSING_DATES as CLOSING_DATES
from services.ml_gateway.engine.words.dates import CREATION_DATES as CREATION_DATES
from services.ml_gateway.engine.words.dates import DATE_ENDINGS as DATE_ENDINGS
from services.ml_gateway.engine.words.dates import DATE_NOUNS as DATE_NOUNS
from services.ml_gateway.engine.words.dates import DATE_VERBS as DATE_VERBS
from services.ml_gateway.engine.words.dates import IRREGULAR_PARTICIPLES as IRREGULAR_PARTICIPLES
from services.ml_gateway.engine.words.dates import PARTICLES as PARTICLES
from services.ml_gateway.engine.words.dates import PERSONAL_DATES as PERSONAL_DATES
from services.ml_gateway.engine.words.measures import ADDITIVE as ADDITIVE
from services.ml_gateway.engine.words.measures import ADJECTIVES as ADJECTIVES
from services.ml_gateway.engine.words.measures import AMOUNTS as AMOUNTS
from services.ml_gateway.engine.words.measures import DURATIONS as DURATIONS
from services.ml_gateway.engine.words.measures import FIGURES as FIGURES
from services.ml_gateway.engine.words.measures import NON_ADDITIVE as NON_ADDITIVE
from services.ml_gateway.engine.words.measures import UNCOUNTABLE as UNCOUNTABLE
from services.ml_gateway.engine.words.measures import UNIT_SIGNS as UNIT_SIGNS
from services.ml_gateway.engine.words.measures import UNITS as UNITS

# Words with so little content that skipping them changes no answer.
FILLER = frozenset(
    """a an the of in on at to for from with by is are was were be been being am do does did done has have had having
    what whats which who whom whose when where how many much that this these those there here it its i me my
    we us our ours you your they
    them their he she his her and or as into onto within across please can could would will shall should may might
    tell show give list find get display return fetch present provide calculate compute let know see want need like
    question s t re ll d all any every some each per just only exactly also then than so if but about between
    during over under up out off such total number count figure record row entry data information info database table
    breakdown split broken down grouped group respective respectively corresponding currently current now today
    overall altogether together ever various different distinct unique exist existing
    available help thanks thank hey hi ok okay using use based according make made happen happened occur occurred
    took take place recorded belong belonging come came go went result answer given named called associated
    related relating regarding located listed""".split()
)  # fmt: skip

GREETINGS = frozenset(
    "hello hi hey hiya howdy greetings thanks thank bye goodbye good morning afternoon evening yo sup welcome".split()
)
THANKS = frozenset("thanks thank thx cheers bye goodbye".split())
CHANGING = frozenset("delete update insert remove rename".split())

# Fillers that say something where the data hold them: a visit is done or it is not.
STATES = frozenset("done present return listed available current existing associated related".split())

# Words of questions that no table answers; they decide the wording of a refusal, never whether there is one.
SMALL_TALK = frozenset(
    """weather joke poem story news recipe song capital president meaning life yourself name chatgpt ai robot love
    hungry tired sing dance translate write essay code python javascript""".split()
)

# What is answered by a later version. Each word names the construct that a refusal then names.
CAUSES = "explaining causes"
UNSUPPORTED = {
    "why": CAUSES,
    "cause": CAUSES,
    "forecast": "forecasts",
    "predict": "forecasts",
    "prediction": "forecasts",
    "projected": "forecasts",
    "stddev": "statistical measures",
    "correlation": "statistical measures",
    "cohort": "cohorts",
    "retention": "cohorts",
}

# Sets of words that a business uses for one another. A match through them is a guess with a lower score.
SYNONYM_SETS: tuple[frozenset[str], ...] = tuple(
    frozenset(line.split())
    for line in """
    customer client buyer shopper
    user member subscriber
    employee staff worker personnel colleague
    product item article good
    order purchase
    supplier vendor
    store shop branch outlet
    salary wage pay compensation
    price cost
    spend cost expense expenditure
    amount total value sum
    type kind
    category segment
    country nation
    city town
    state province
    zip postcode postal
    doctor physician
    student pupil
    teacher instructor lecturer professor
    course class
    department division
    company firm business
    gender sex
    phone telephone
    email mail
    birthday birthdate dob
    name title
    reason cause
    quantity qty unit
    discount rebate
    device platform
    source origin
    destination target
    visit appointment
    session visit
    invoice bill
    employee person
    customer person
    user person
    patient person
    passenger person traveller traveler
    flight trip
    movie film
    car vehicle automobile
    rating score
    duration length
    manager boss supervisor
    status state
    warehouse depot
    area region
    refund reimbursement
    payment transaction
    """.strip().splitlines()
)

IDENTIFIERS = frozenset("id key code no nr uuid guid number zip postcode phone".split())

LABELS = ("name", "title", "label", "full_name", "fullname", "display_name")

# What a preposition says of a role: flights "from" a place start there.
ROLE_PREPOSITIONS = {
    "from": frozenset("origin source departure from start sender seller departing".split()),
    "to": frozenset("destination target arrival to end recipient receiver buyer arriving".split()),
}
