"""How people say when something happened, and what the columns that keep it are called."""

# What people do, and how the date on which they did it is called. The first set is matched against the question, the
# second against the words of a date column's name.
_VERBS = (
    (
        "signed signup sign enroll enrolled enrol joined join registered register subscribed subscribe "
        "onboarded became become created create added add acquired",
        "signup sign registered registration register joined join joining created creation create enrolled "
        "enrollment enrolment subscribed subscription onboarded since added",
    ),
    (
        "ordered order bought buy purchased purchase placed place sold sell",
        "ordered order purchase purchased placed sold sale bought",
    ),
    (
        "shipped ship dispatched dispatch sent send",
        "shipped ship shipping shipment dispatch dispatched sent",
    ),
    (
        "delivered deliver",
        "delivered delivery",
    ),
    (
        "received receive",
        "received receipt",
    ),
    (
        "cancelled cancel canceled",
        "cancelled canceled cancellation cancel",
    ),
    (
        "refunded refund returned return",
        "refunded refund returned return",
    ),
    (
        "paid pay",
        "paid payment",
    ),
    (
        "billed bill invoiced invoice",
        "billed invoice invoiced billing issued",
    ),
    (
        "hired hire recruited recruit employed",
        "hired hire hiring joined join start employment",
    ),
    (
        "started start began begin",
        "started start begin began beginning",
    ),
    (
        "ended end finished finish completed complete",
        "ended end finished finish completed completion complete",
    ),
    (
        "left leave quit resigned resign terminated terminate fired",
        "left leave leaving end termination terminated exit resigned",
    ),
    (
        "departed depart leave left took",
        "departure departed depart",
    ),
    (
        "arrived arrive landed land",
        "arrival arrived landed arrive",
    ),
    (
        "booked book reserved reserve scheduled schedule",
        "booked booking book reserved reservation scheduled",
    ),
    (
        "admitted admit",
        "admitted admission admit",
    ),
    (
        "discharged discharge",
        "discharged discharge",
    ),
    (
        "born",
        "birth born dob birthdate birthday",
    ),
    (
        "died die",
        "death died dod",
    ),
    (
        "opened open founded found established establish",
        "opened open opening founded foundation established founding",
    ),
    (
        "closed close",
        "closed close closing",
    ),
    (
        "launched launch released release introduced introduce",
        "launched launch released release introduced introduction",
    ),
    (
        "published publish",
        "published publication publish",
    ),
    (
        "expired expire",
        "expiry expired expiration expires",
    ),
    (
        "updated modified edited",
        "updated modified modification edited changed update",
    ),
    (
        "visited visit seen",
        "visit visited visiting",
    ),
    (
        "graduated graduate",
        "graduated graduation",
    ),
    (
        "approved approve",
        "approved approval",
    ),
    (
        "submitted submit filed",
        "submitted submission filed",
    ),
    (
        "resolved resolve solved",
        "resolved resolution solved",
    ),
    (
        "reviewed review",
        "reviewed review",
    ),
    (
        "logged login",
        "login logged",
    ),
    (
        "built build constructed",
        "built construction",
    ),
    (
        "renewed renew",
        "renewed renewal",
    ),
)

DATE_VERBS: tuple[tuple[frozenset[str], frozenset[str]], ...] = tuple(
    (frozenset(left.split()), frozenset(right.split())) for left, right in _VERBS
)

PARTICLES = frozenset({"up", "in", "out", "off", "on", "back"})

# A date column named with these is of the record, not of the business event.
BOOKKEEPING_DATES = frozenset(
    "updated modified modification edited changed deleted synced loaded inserted ingested".split()
)

CLOSING_DATES = frozenset(
    """end ended finish finished complete completed completion close closed delivered delivery shipped shipping shipment
    cancelled canceled resolved discharged discharge return returned refunded left termination required""".split()
)

CREATION_DATES = frozenset("created creation added recorded".split())

PERSONAL_DATES = frozenset("birth born birthdate birthday dob death expiry expiration expires due".split())

DATE_ENDINGS = frozenset("date at on time datetime timestamp ts day dt utc".split())

# What the date is called on which something was done; elsewhere the participle serves: "resolved date".
DATE_NOUNS = {
    "ordered": "order", "signed up": "sign-up", "signup": "sign-up", "shipped": "shipping", "delivered": "delivery",
    "refunded": "refund", "returned": "return", "paid": "payment", "created": "creation", "hired": "hire",
    "visited": "visit", "spent": "spend", "booked": "booking", "started": "start", "ended": "end", "joined": "joining",
    "registered": "registration", "cancelled": "cancellation", "canceled": "cancellation", "invoiced": "invoice",
    "enrolled": "enrolment", "admitted": "admission", "discharged": "discharge", "departed": "departure",
    "arrived": "arrival", "published": "publication", "received": "receipt", "sold": "sale", "purchased": "purchase",
}  # fmt: skip

IRREGULAR_PARTICIPLES = frozenset(
    "sold bought paid sent left born begun made held built taken given written seen".split()
)
