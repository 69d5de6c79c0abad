"""General English of business questions, in lemmas. Words alone: nothing here knows any schema."""

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

# Fillers that say something where the data hold them: a visit is done or it is not.
STATES = frozenset("done present return listed available current existing associated related".split())

# Words of questions that no table answers; they decide the wording of a refusal, never whether there is one.
SMALL_TALK = frozenset(
    """weather joke poem story news recipe song capital president meaning life yourself name chatgpt ai robot love
    hungry tired sing dance translate write essay code python javascript""".split()
)

# What is answered by a later version. Each word names the construct that a refusal then names.
UNSUPPORTED = {
    "compare": "comparing two things side by side",
    "comparing": "comparing two things side by side",
    "compared": "comparing two things side by side",
    "comparison": "comparing two things side by side",
    "versus": "comparing two things side by side",
    "vs": "comparing two things side by side",
    "growth": "growth and change over time",
    "grow": "growth and change over time",
    "grew": "growth and change over time",
    "grown": "growth and change over time",
    "growing": "growth and change over time",
    "change": "growth and change over time",
    "changed": "growth and change over time",
    "increase": "growth and change over time",
    "increased": "growth and change over time",
    "decrease": "growth and change over time",
    "decreased": "growth and change over time",
    "drop": "growth and change over time",
    "dropped": "growth and change over time",
    "decline": "growth and change over time",
    "declined": "growth and change over time",
    "yoy": "growth and change over time",
    "mom": "growth and change over time",
    "either": "conditions of which either may hold",
    "both": "conditions of which both must hold",
    "why": "explaining causes",
    "cause": "explaining causes",
    "forecast": "forecasts",
    "predict": "forecasts",
    "prediction": "forecasts",
    "projected": "forecasts",
    "percentage": "shares and percentages",
    "percent": "shares and percentages",
    "proportion": "shares and percentages",
    "share": "shares and percentages",
    "ratio": "shares and percentages",
    "fraction": "shares and percentages",
    "median": "medians and percentiles",
    "percentile": "medians and percentiles",
    "stddev": "statistical measures",
    "correlation": "statistical measures",
    "cumulative": "running totals",
    "running": "running totals",
    "cohort": "cohorts",
    "retention": "cohorts",
    "delete": "changing data",
    "update": "changing data",
    "insert": "changing data",
    "drop table": "changing data",
    "remove": "changing data",
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
PERSONAL_DATES = frozenset("birth birthdate birthday dob death expiry expiration expires due".split())
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
UNCOUNTABLE = frozenset(
    """staff spend spending traffic inventory stock data information equipment personnel feedback news series species
    revenue money weather software hardware media research history""".split()
)

# Adjectives in their superlative or comparative: the names of what they measure, and whether "most" is large.
ADJECTIVES: dict[str, tuple[tuple[str, ...], bool]] = {
    "expensive": (("price", "cost", "amount", "fee", "rate"), True),
    "costly": (("cost", "price", "amount"), True),
    "cheap": (("price", "cost", "amount", "fee", "rate"), False),
    "old": (("age", "birth", "dob", "birthdate", "founded", "created", "year"), True),
    "young": (("age", "birth", "dob", "birthdate"), False),
    "new": (("created", "date", "year", "released"), True),
    "recent": (("date", "created", "time", "year"), True),
    "early": (("date", "time", "year", "created"), False),
    "large": (("size", "area", "population", "capacity", "amount", "total", "quantity"), True),
    "big": (("size", "area", "population", "capacity", "amount", "total"), True),
    "small": (("size", "area", "population", "capacity", "amount", "total", "quantity"), False),
    "long": (("length", "duration", "distance", "minute", "hour"), True),
    "short": (("length", "duration", "distance", "minute", "hour", "height"), False),
    "tall": (("height",), True),
    "heavy": (("weight",), True),
    "light": (("weight",), False),
    "rich": (("wealth", "income", "salary", "balance"), True),
    "fast": (("speed", "velocity"), True),
    "slow": (("speed", "velocity"), False),
    "high": ((), True),
    "low": ((), False),
    "well-paid": (("salary", "wage", "pay"), True),
}

# A column named with these is a level, not an amount: adding it up over rows means nothing.
NON_ADDITIVE = frozenset(
    """price rate rating score age percent percentage ratio temperature height weight latitude longitude year salary
    grade rank level average avg mean speed gpa margin length width depth capacity balance share index probability
    wage floor month day hour minute duration version position""".split()
)
ADDITIVE = frozenset(
    """amount total quantity qty revenue sale cost spend expense tax discount count unit fee profit income budget
    payment refund click impression visit view order value sum number distance bonus vote point goal attendance
    passenger unit download signup purchase session seat mile kilometer kilometre spending earning charge penalty
    expenditure sold stock budget turnover""".split()
)
# The last word of an amount, which people leave away: "shipping" for shipping_amount, "delivery" for delivery_fee.
AMOUNTS = frozenset("amount total value sum cost fee charge expense".split())
IDENTIFIERS = frozenset("id key code no nr uuid guid number zip postcode phone".split())
LABELS = ("name", "title", "label", "full_name", "fullname", "display_name")

# What a preposition says of a role: flights "from" a place start there.
ROLE_PREPOSITIONS = {
    "from": frozenset("origin source departure from start sender seller departing".split()),
    "to": frozenset("destination target arrival to end recipient receiver buyer arriving".split()),
}
UNITS = frozenset(
    """km m cm mm mile meter metre feet ft inch kg g lb ton usd eur gbp dollar euro cent pct ms second sec minute min
    hour hr kb mb gb celsius fahrenheit kwh mw percent ppm""".split()
)

UNIT_SIGNS = frozenset("km cm mm kg lb usd eur gbp ms kb mb gb kwh mw".split())

# ISO 3166 codes of countries by their English names, for columns that hold codes.
COUNTRIES: dict[str, tuple[str, str]] = {
    name.strip(): (two, three)
    for name, two, three in (
        entry.split(":")
        for entry in """argentina:AR:ARG,australia:AU:AUS,austria:AT:AUT,belgium:BE:BEL,brazil:BR:BRA,bulgaria:BG:BGR,
canada:CA:CAN,chile:CL:CHL,china:CN:CHN,colombia:CO:COL,croatia:HR:HRV,czech republic:CZ:CZE,czechia:CZ:CZE,
denmark:DK:DNK,egypt:EG:EGY,estonia:EE:EST,finland:FI:FIN,france:FR:FRA,germany:DE:DEU,greece:GR:GRC,hong kong:HK:HKG,
hungary:HU:HUN,iceland:IS:ISL,india:IN:IND,indonesia:ID:IDN,ireland:IE:IRL,israel:IL:ISR,italy:IT:ITA,japan:JP:JPN,
kenya:KE:KEN,latvia:LV:LVA,lithuania:LT:LTU,luxembourg:LU:LUX,malaysia:MY:MYS,mexico:MX:MEX,morocco:MA:MAR,
netherlands:NL:NLD,holland:NL:NLD,new zealand:NZ:NZL,nigeria:NG:NGA,norway:NO:NOR,pakistan:PK:PAK,peru:PE:PER,
philippines:PH:PHL,poland:PL:POL,portugal:PT:PRT,romania:RO:ROU,russia:RU:RUS,saudi arabia:SA:SAU,serbia:RS:SRB,
singapore:SG:SGP,slovakia:SK:SVK,slovenia:SI:SVN,south africa:ZA:ZAF,south korea:KR:KOR,spain:ES:ESP,sweden:SE:SWE,
switzerland:CH:CHE,taiwan:TW:TWN,thailand:TH:THA,turkey:TR:TUR,ukraine:UA:UKR,united arab emirates:AE:ARE,uae:AE:ARE,
united kingdom:GB:GBR,uk:GB:GBR,great britain:GB:GBR,united states:US:USA,usa:US:USA,us:US:USA,
united states of america:US:USA,
vietnam:VN:VNM""".replace("\n", "").split(",")
    )
}
