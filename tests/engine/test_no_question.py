"""What isn't a question about the data, or isn't in English: told politely, and with what can be asked instead."""

import pytest

from services.ml_gateway.engine import Planned, Refused, plan, prepare
from services.ml_gateway.engine.languages import LANGUAGES
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.outcome import RefusalReason
from tests.engine.catalogs import CATALOGS, shop, table
from tests.engine.data import NOW

SHOP = prepare(shop())

FOREIGN = (
    ("German", "Wie viele Kunden haben wir in Hamburg?"),
    ("German", "Umsatz pro Monat und Land im letzten Jahr"),
    ("German", "zeig mir die customers mit den meisten orders"),
    ("French", "Combien de clients avons-nous à Lyon ?"),
    ("French", "quels sont les products les plus chers"),
    ("Spanish", "¿Cuántos clientes hay en Madrid?"),
    ("Spanish", "¿Cuáles son los orders de este mes?"),
    ("Italian", "quanti clienti abbiamo per mese"),
    ("Portuguese", "Quantos clientes temos em Lisboa?"),
    ("Dutch", "Hoeveel klanten hebben we in Utrecht?"),
    ("Polish", "ile zamówień było w ostatnim miesiącu"),
    ("Swedish", "Hur många kunder har vi?"),
)


@pytest.mark.parametrize(("language", "question"), FOREIGN)
def test_another_language_is_told_in_itself_and_in_english(language: str, question: str) -> None:
    outcome = plan(question, SHOP, now=NOW)
    assert isinstance(outcome, Refused)
    assert outcome.reason is RefusalReason.LANGUAGE
    (spoken,) = [one for one in LANGUAGES if one.name == language]
    assert outcome.message.startswith(spoken.sorry)
    assert "English" in outcome.message
    assert outcome.suggestions


@pytest.mark.parametrize(
    "question",
    [
        "how many customers from Los Angeles and Las Vegas",
        "how many customers are called El Sol de la Noche",
        "orders of Les Trois Garcons and Die Blaue Blume by month",
        "per country, the average price",
        "customers in Santa Maria del Mar, Los Gatos and San Jose",
        "revenue pro rata",
        "orders per week in March 2025",
    ],
)
def test_english_with_foreign_names_is_english(question: str) -> None:
    outcome = plan(question, SHOP, now=NOW)
    assert not (isinstance(outcome, Refused) and outcome.reason is RefusalReason.LANGUAGE)


def test_a_catalog_s_own_words_are_no_other_language() -> None:
    index = prepare(Catalog((table("bestellungen", "id int!, Jahr int!, Monat int!, Anzahl num!"),)))
    outcome = plan("average Anzahl by Monat and Jahr", index, now=NOW)
    assert not (isinstance(outcome, Refused) and outcome.reason is RefusalReason.LANGUAGE)


@pytest.mark.parametrize(
    "typed",
    [
        "select country, count(*) from customers group by country",
        "WITH x AS (SELECT 1) SELECT * FROM x",
        "explain select * from customers",
        "merge into customers using x on x.id = customers.id",
        "GRANT ALL ON customers TO bob",
        "EXEC sys.xp_cmdshell 'dir'",
        "truncate table customers",
        "update customers set name = 'x'",
        "'; drop table customers; --",
    ],
)
def test_sql_is_told_to_be_sql(typed: str) -> None:
    outcome = plan(typed, SHOP, now=NOW)
    assert isinstance(outcome, Refused)
    assert outcome.reason is RefusalReason.UNSUPPORTED
    assert "SQL" in outcome.message


@pytest.mark.parametrize(
    "question", ["Select customers from Leeds", "select the names of all customers", "explain the drop in revenue"]
)
def test_english_that_begins_as_sql_does_is_none(question: str) -> None:
    outcome = plan(question, SHOP, now=NOW)
    assert isinstance(outcome, Planned) or "SQL" not in outcome.message


@pytest.mark.parametrize(
    "question",
    ["help", "Help!", "what can I ask you?", "what data do you have?", "which tables are there", "show me the tables",
     "show tables", "describe the data", "what's in here?", "what do you know about", "list all data sources"],
)  # fmt: skip
def test_what_there_is_is_told(question: str) -> None:
    outcome = plan(question, SHOP, now=NOW)
    assert isinstance(outcome, Refused)
    assert outcome.reason is RefusalReason.NOT_A_DATA_QUESTION
    assert "customers" in outcome.message
    assert outcome.suggestions


@pytest.mark.parametrize("question", ["what columns does customers have?", "describe customers", "explain customers"])
def test_a_table_is_described(question: str) -> None:
    outcome = plan(question, SHOP, now=NOW)
    assert isinstance(outcome, Refused)
    assert outcome.message.startswith("Of customers I know ")
    assert "country" in outcome.message


def test_where_there_is_a_table_of_tables_it_is_asked_about() -> None:
    index = prepare(Catalog((table("tables", "id int!, seats int!"), table("waiters", "id int!, name text!"))))
    outcome = plan("which tables are there", index, now=NOW)
    assert isinstance(outcome, Planned) or "Your data hold" not in outcome.message


@pytest.mark.parametrize(
    ("said", "answer"), [("thanks!", "welcome"), ("thank you", "welcome"), ("good morning", "Hello")]
)
def test_courtesy_is_answered(said: str, answer: str) -> None:
    outcome = plan(said, SHOP, now=NOW)
    assert isinstance(outcome, Refused)
    assert answer in outcome.message


@pytest.mark.parametrize("said", ["delete all cancelled orders", "update the price of product 5"])
def test_nothing_can_be_changed_and_that_is_said(said: str) -> None:
    outcome = plan(said, SHOP, now=NOW)
    assert isinstance(outcome, Refused)
    assert "only read" in outcome.message


@pytest.mark.parametrize("name", CATALOGS)
def test_something_is_suggested_and_some_of_it_is_answered(name: str) -> None:
    """Whoever shows suggestions keeps those that have an answer (suggesting.py): some must be left."""
    index = prepare(CATALOGS[name]())
    outcome = plan("hello", index, now=NOW)
    assert isinstance(outcome, Refused)
    ended = [plan(one, index, now=NOW) for one in outcome.suggestions]
    assert any(isinstance(one, Planned) for one in ended), outcome.suggestions


@pytest.mark.parametrize(
    "told", ["delete all cancelled orders from 2024", "Please update the price of every product", "rename customers"]
)
def test_nothing_is_changed_by_asking(told: str) -> None:
    outcome = plan(told, SHOP, now=NOW)
    assert isinstance(outcome, Refused)
    assert outcome.reason is RefusalReason.UNSUPPORTED
    assert "only read" in outcome.message


@pytest.mark.parametrize("question", ["quel est le revenu par pays", "combien de joueurs par équipe"])
def test_few_words_of_another_language_are_known_beside_no_english(question: str) -> None:
    found = plan(question, prepare(shop()), now=NOW)
    assert isinstance(found, Refused)
    assert found.reason is RefusalReason.LANGUAGE
    assert found.message.startswith("Désolé")
