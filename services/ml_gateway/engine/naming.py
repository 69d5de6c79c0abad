"""Names for people: labels of tables, columns and metrics, and phrases that the engine itself would read back."""

from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.joins import role_words
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.reading import Place
from services.ml_gateway.engine.tokens import fold, lemma, spaced
from services.ml_gateway.engine.vocabulary import UNCOUNTABLE, UNIT_SIGNS


def words(name: str) -> str:
    """An identifier as lower-case words in their written number: "order_lines" → "order lines"."""
    return " ".join(fold(part) for part in spaced(name).replace("_", " ").replace("-", " ").split()) or name


def title(text: str) -> str:
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """A label within a sentence; "AOV" stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def plural(label: str) -> str:
    """A noun phrase in the plural; one that is plural already, or has none, stays as it is."""
    *before, last = label.split(" ")
    word = last.lower()
    if not last.isalpha() or not last.isascii() or word in UNCOUNTABLE or lemma(word) != word or len(word) < 2:
        return label
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        last = last[:-1] + "ies"
    else:
        last += "es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s"
    irregular = {"persons": "people", "childs": "children", "mans": "men", "womans": "women"}
    return " ".join([*before, irregular.get(last.lower(), last)])


def singular(label: str) -> str:
    *before, last = label.split(" ")
    return " ".join([*before, lemma(last.lower()) if last.isalpha() and last.isascii() else last])


def table_label(key: TableKey, index: Index) -> str:
    return index.catalog.by_key[key].label or words(key.name)


def column_label(key: ColumnKey, index: Index) -> str:
    """The declared label; else the name's words: "refund amount" for the amount of refunds, "distance (km)"."""
    declared = index.catalog.columns[key].label
    if declared:
        return declared
    parts = words(key.name).split()
    if parts and set(parts) <= {"amount", "total", "value", "sum", "quantity"}:
        kept = [part for part in parts if part != "total"] or parts
        if len(index.catalog.tables) == 1 and kept != ["total"]:
            return " ".join(kept)  # there is no other to tell it from
        return f"{singular(table_label(key.table, index)).lower()} {' '.join(kept)}"
    if len(parts) > 1 and parts[-1] in UNIT_SIGNS:
        return f"{' '.join(parts[:-1])} ({parts[-1]})"
    return words(key.name)


def place_role(place: Place, index: Index) -> str:
    """The role words of the last hop, if any: "origin"."""
    if not place.path or not place.path[-1].upward:
        return ""
    return " ".join(role_words(index.catalog.relationships[place.path[-1].relationship]))


def target_phrase(target: Target, index: Index) -> str:
    """Words for a target that lead back to it and to nothing else."""
    role = ""
    if target.relationship is not None:
        role = " ".join(role_words(index.catalog.relationships[target.relationship])) + " "
    table = words(target.table.name)
    if target.kind is TargetKind.METRIC:
        return words(index.metrics[target.metric].label or target.metric)
    if target.kind is TargetKind.TABLE:
        return role + table
    if target.kind is TargetKind.VALUE:
        return f'{role}{table} {words(target.column)} "{target.value}"'
    return f"{role}{table} {words(target.column)}"
