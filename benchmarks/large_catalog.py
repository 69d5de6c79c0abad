"""A catalog of 900 tables and 15,000 columns as companies have them: several systems side by side, each with its own
style of names, its keys, values that were seen, and descriptions. The same arguments always give the same catalog.
"""

import random
from collections.abc import Iterator, Sequence

from services.ml_gateway.engine.model import Catalog, Column, DataType, Relationship, Table, TableKey

TABLES, COLUMNS = 900, 15_000
_SYSTEMS = """crm erp billing hr payroll web support warehouse logistics marketing finance procurement quality fleet
legal research facilities training security partners retail manufacturing maintenance events subscriptions""".split()
_THINGS = """customer order invoice payment product supplier employee department contract shipment warehouse ticket
campaign visit session account transaction budget project task vehicle driver route machine part inspection course
candidate interview asset building room meeting document license subscription refund return complaint survey answer
lead opportunity quote price discount category brand region country city store terminal receipt batch lot
sample""".split()
_KINDS = ("", "detail", "status", "history", "note", "type", "line", "target", "summary", "audit", "contact", "event")
_TEXTS = """name description status type category comment city country email phone title reason channel priority source
language currency_code first_name last_name street postal_code segment owner_name reference color size origin""".split()
_NUMBERS = """amount quantity price total_amount discount_rate tax_amount score weight duration_minutes distance_km
unit_cost headcount rating budget_amount balance hours margin_pct capacity""".split()
_DATES = """created_at updated_at start_date end_date due_date shipped_on closed_at approved_at""".split()
_FLAGS = """is_active is_deleted has_discount is_verified""".split()
_VALUES = {
    "status": ("open", "closed", "pending", "cancelled", "in review"),
    "priority": ("low", "normal", "high", "urgent"),
    "channel": ("web", "phone", "partner", "walk in"),
    "country": ("Germany", "France", "Spain", "Italy", "Poland", "Japan", "Brazil", "Canada", "India", "Norway"),
    "city": ("Berlin", "Lyon", "Madrid", "Turin", "Krakow", "Osaka", "Recife", "Toronto", "Pune", "Bergen"),
    "currency_code": ("EUR", "USD", "JPY", "GBP"),
    "segment": ("consumer", "small business", "enterprise", "public sector"),
    "color": ("red", "green", "blue", "black", "white"),
    "size": ("S", "M", "L", "XL"),
    "language": ("German", "French", "Spanish", "Japanese", "English"),
}
_SAID = "{} of the {}, as entered by the {} team"
_SHORT = {"customer": "cust", "employee": "emp", "department": "dept", "quantity": "qty", "amount": "amt",
          "description": "desc", "product": "prod", "address": "addr", "transaction": "txn"}  # fmt: skip


def large_catalog(tables: int = TABLES, columns: int = COLUMNS, seed: int = 7) -> Catalog:
    chance = random.Random(seed)  # noqa: S311 - a catalog, no secret
    names = _names(tables)
    made: list[Table] = []
    relationships: list[Relationship] = []
    for place, (system, name) in enumerate(names):
        width = (columns - sum(len(table.columns) for table in made)) // (tables - place)
        parents = _parents(chance, place, made)
        table = _table(chance, system, name, parents, width)
        made.append(table)
        relationships.extend(_keys(table, parents))
    return Catalog(tuple(made), tuple(relationships), dialect="postgres", version="1")


def _names(count: int) -> list[tuple[str, str]]:
    """(schema, table): everything once by its own name, then what systems keep about it."""
    found = []
    for place in range(count):
        about, thing = divmod(place, len(_THINGS))
        kind = _KINDS[about % len(_KINDS)]
        system = _SYSTEMS[(7 * place + about) % len(_SYSTEMS)]
        name = f"{_THINGS[thing]}_{kind}" if kind else f"{_THINGS[thing]}s"
        found.append((system, name if about < len(_KINDS) else f"{name}_{about // len(_KINDS) + 1}"))
    return found


def _parents(chance: random.Random, place: int, made: Sequence[Table]) -> list[Table]:
    if not place:
        return []
    near = range(max(0, place - 40), place)
    return [made[at] for at in sorted(chance.sample(near, k=min(len(near), chance.randint(0, 3))))]


def _table(chance: random.Random, system: str, name: str, parents: Sequence[Table], width: int) -> Table:
    thing = name.rsplit("s", 1)[0] if name.endswith("s") else name
    columns = [Column(f"{thing}_id", DataType.INTEGER, nullable=False)]
    columns += [Column(_key(parent), DataType.INTEGER) for parent in parents]
    for column in _attributes(chance, system, thing, width + 4):
        if len(columns) < width and all(column.name != other.name for other in columns):
            columns.append(column)
    return Table(system, name, tuple(columns), (columns[0].name,), row_count=chance.randint(10, 2_000_000))


def _attributes(chance: random.Random, system: str, thing: str, count: int) -> Iterator[Column]:
    families = ((_TEXTS, DataType.TEXT, 9), (_NUMBERS, DataType.NUMBER, 5), (_DATES, DataType.TIMESTAMP, 3),
                (_FLAGS, DataType.BOOLEAN, 1))  # fmt: skip
    for words, data_type, share in families:
        for word in chance.sample(words, k=min(len(words), 1 + count * share // 18)):
            yield _attribute(chance, system, thing, word, data_type)


def _attribute(chance: random.Random, system: str, thing: str, word: str, data_type: DataType) -> Column:
    name = f"{thing}_{word}" if chance.random() < 0.3 else word
    if chance.random() < 0.2:
        name = "_".join(_SHORT.get(part, part) for part in name.split("_"))
    if system in ("erp", "web"):
        name = "".join(part.title() for part in name.split("_"))
    samples = _VALUES.get(word, ()) if data_type is DataType.TEXT else ()
    if data_type is DataType.TEXT and not samples and chance.random() < 0.1:
        samples = tuple(f"{word} {chance.randint(1, 10**6):06}" for _ in range(20))
    described = _SAID.format(word.replace("_", " "), thing.replace("_", " "), system) if chance.random() < 0.5 else ""
    complete = word in _VALUES and data_type is DataType.TEXT
    return Column(name, data_type, description=described, samples=samples, samples_complete=complete)


def _key(parent: Table) -> str:
    return f"{parent.schema}_{parent.columns[0].name}".lower()


def _keys(table: Table, parents: Sequence[Table]) -> Iterator[Relationship]:
    for parent in parents:
        yield Relationship(TableKey(table.schema, table.name), (_key(parent),), parent.key, (parent.columns[0].name,))
