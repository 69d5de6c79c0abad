"""What can be measured, in which units, and what may be added up."""

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
    "long": (("length", "duration", "distance", "minute", "hour", "page"), True),
    "short": (("length", "duration", "distance", "minute", "hour", "height", "page"), False),
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

UNITS = frozenset(
    """km m cm mm mile meter metre feet ft inch kg g lb ton usd eur gbp dollar euro cent pct ms second sec minute min
    hour hr kb mb gb celsius fahrenheit kwh mw percent ppm""".split()
)

UNIT_SIGNS = frozenset("km cm mm kg lb usd eur gbp ms kb mb gb kwh mw".split())

UNCOUNTABLE = frozenset(
    """staff spend spending traffic inventory stock data information equipment personnel feedback news series species
    revenue money weather software hardware media research history""".split()
)
