"""What can be measured, in which units, and what may be added up."""

# Adjectives in their superlative or comparative: the names of what they measure, and whether "most" is large.
_PRICES = ("price", "cost", "amount", "fee", "rate", "charge", "fare", "tariff", "rent", "pay")
_AGES = ("age", "birth", "dob", "birthdate", "born", "birthday")
_BEGUN = (
    "founded", "created", "year", "built", "made", "opened", "established", "since", "started", "start", "launched",
    "joined", "hired", "signed", "released", "published", "acquired", "registered", "bought", "date",
)  # fmt: skip
_SIZES = ("size", "area", "population", "capacity", "amount", "total", "quantity", "headcount", "seat", "budget")
_LENGTHS = ("length", "duration", "distance", "minute", "hour", "page", "second", "sec", "min", "km", "word", "line")
_DATES = ("date", "created", "time", "year", "at", "on")
ADJECTIVES: dict[str, tuple[tuple[str, ...], bool]] = {
    "expensive": (_PRICES, True),
    "costly": (("cost", *(one for one in _PRICES if one != "cost")), True),
    "cheap": (_PRICES, False),
    "old": ((*_AGES, *_BEGUN), True),
    "young": ((*_AGES, "year"), False),
    "new": (("created", "date", "year", *(one for one in _BEGUN if one not in ("created", "date", "year"))), True),
    "recent": (_DATES, True),
    "early": (("date", "time", "year", "created", "at", "on"), False),
    "large": (_SIZES, True),
    "big": (_SIZES, True),
    "small": (_SIZES, False),
    "long": (_LENGTHS, True),
    "short": (("length", "duration", "distance", "minute", "hour", "height", *_LENGTHS[5:]), False),
    "tall": (("height", "cm"), True),
    "heavy": (("weight", "kg", "kilo"), True),
    "light": (("weight", "kg", "kilo"), False),
    "thick": (("thickness", "page"), True),
    "thin": (("thickness", "page"), False),
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

DURATIONS = frozenset("minute hour second sec min hr duration runtime length distance km mile".split())

ADDITIVE = frozenset(
    """amount total quantity qty revenue sale cost spend expense tax discount count unit fee profit income budget
    payment refund click impression visit view order value sum number distance bonus vote point goal attendance
    passenger unit download signup purchase session seat mile kilometer kilometre spending earning charge penalty
    expenditure sold stock budget turnover""".split()
)

# The last word of an amount, which people leave away: "shipping" for shipping_amount, "delivery" for delivery_fee.
AMOUNTS = frozenset("amount total value sum cost fee charge expense".split())

UNITS = frozenset(
    """km m cm mm mile meter metre feet ft inch kg g lb ton usd eur gbp dollar euro cent pct ms second sec minute min
    hour hr kb mb gb celsius fahrenheit kwh mw percent ppm""".split()
)

UNIT_SIGNS = frozenset("km cm mm kg lb usd eur gbp ms kb mb gb kwh mw".split())

UNCOUNTABLE = frozenset(
    """staff spend spending traffic inventory stock data information equipment personnel feedback news series species
    revenue money weather software hardware media research history""".split()
)

# Words that ask for a figure of some kind, whatever it is called where it is kept, and the words that columns of that
# kind are called by, the likeliest first.
FIGURES: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "income": (
        frozenset("revenue turnover income taking earning proceed sale gross billing".split()),
        tuple("revenue turnover income taking earning sale paid amount amt total charge price fee value net".split()),
    ),
    "money": (
        frozenset(
            """money cost spending spend spent expenditure expense paid pay earn earned charge charged fee worth value
            price bill billed sum budget raise raised lend lent owe donate donated""".split()
        ),
        tuple(
            """amount amt cost paid charge fee price total spend expense value worth budget pay net revenue turnover
              income""".split()
        ),
    ),
    "weight": (
        frozenset("weight kilo kilogram kilogramme kg tonne ton tonnage gram pound".split()),
        tuple("weight kg kilo kilogram tonne ton gram lb".split()),
    ),
    "distance": (
        frozenset("km kilometre kilometer mile mileage distance".split()),
        tuple("km kilometre kilometer distance mile mileage length".split()),
    ),
    "duration": (
        frozenset("minute hour second duration time length".split()),
        tuple("minute hour duration second sec min hr length runtime".split()),
    ),
    "volume": (frozenset("litre liter volume gallon".split()), tuple("litre liter l volume ml".split())),
    "energy": (frozenset("calorie calories".split()), ("kcal", "calorie", "cal")),
    "pieces": (
        frozenset("piece unit copy pack bag item quantity qty good".split()),
        tuple("qty quantity piece unit copy pack count sold amount number".split()),
    ),
    "people": (
        frozenset("people person visitor guest audience attendance spectator headcount attendee participant".split()),
        tuple("people person headcount visitor guest attendance audience spectator attendee participant".split()),
    ),
}

# Money by its name: behind a number it says what the number is, not what is asked for.
CURRENCIES = frozenset("euro eur dollar usd pound gbp sterling chf franc yen buck quid".split())
CURRENCY_SIGNS = ("$", "€", "£")
# Words in the names of columns that hold money; a rate may be of anything.
MONEY = AMOUNTS.union(
    FIGURES["money"][1], FIGURES["income"][1], "salary wage rent fare tariff profit deposit balance".split()
)
