"""Questions in another language than English, known by the small words that every sentence has."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.tokens import Token, TokenKind, fold, name_words
from services.ml_gateway.engine.vocabulary import FILLER

_TOGETHER = 3  # of its words beside none that are English only: also such as are words of English too
_TELLING = 2  # as many small words of a language, and more of them than English ones


@dataclass(frozen=True, slots=True)
class Language:
    """words: folded; sorry says in the language itself that only English is understood."""

    name: str
    words: frozenset[str]
    sorry: str


def _language(name: str, words: str, sorry: str) -> Language:
    return Language(name, frozenset(map(fold, words.split())), sorry)


LANGUAGES = (
    _language(
        "German",
        """wie viele wieviel in die des so am was wieviele welche welcher welches welchen wer wann warum und oder
        der das dem ein eine einen einem einer ist sind gab gibt pro nach mit ohne für über zwischen letzten
        letztes letzte letzter diesem dieses diesen jahr jahre jahren monat monate monaten monats woche wochen
        quartal heute gestern zeige zeig mir alle anzahl meisten wenigsten höchsten niedrigsten nicht kein keine
        aus von zu zum zur bei auf haben hatten hatte hat wir uns unsere unserer unseren bitte seit bis mehr als
        jede jeder jedes jedem""",
        "Entschuldigung, ich verstehe bisher nur Fragen auf Englisch.",
    ),
    _language(
        "French",
        """combien par au et pour de le la les des d l quel quelle quels quelles est sont avec les du dans mois année
        années semaine trimestre nous avons avez avaient notre nos leurs leur moins chaque qui où montrez montre
        montrer donnez affiche afficher liste listez dernier dernière derniers dernières depuis entre sans aux
        une nombre chiffre meilleurs meilleures cette cet été ont était étaient avoir il elle ils elles pas ou
        et plus""",
        "Désolé, je ne comprends pour l'instant que les questions en anglais.",
    ),
    _language(
        "Spanish",
        """cuántos de la el los las del me no cuántas cuánto cuánta cuál cuáles qué quién quiénes dónde cuándo hay
        es fue fueron tienen tenemos nuestro nuestra nuestros nuestras muestra muéstrame muestre dime lista
        listar por mes meses año años semana trimestre último última últimos últimas más menos con sin cada
        entre desde hasta una unos unas y mayor número este esta nos han hubo en""",
        "Lo siento, por ahora solo entiendo preguntas en inglés.",
    ),
    _language(
        "Italian",
        """quanti in quante quanto quanta quale quali chi dove quando ci sono è erano abbiamo hanno nostro nostra
        nostri nostre mostra mostrami mostrare elenca per mese mesi anno anni settimana trimestre ultimo ultima
        ultimi ultime più meno con senza ogni tra dal della delle degli dei nel nella nei un una gli il e totale
        numero""",
        "Mi dispiace, per ora capisco solo domande in inglese.",
    ),
    _language(
        "Portuguese",
        """quantos de os as do da no quantas quanto quanta qual quais quem onde há são foram foi temos têm nosso
        nossa nossos nossas mostre mostra liste por mês meses ano anos semana trimestre último última últimos
        últimas mais menos com sem cada entre desde até um uma uns umas e em na nas nos dos das número total""",
        "Desculpe, por enquanto só entendo perguntas em inglês.",
    ),
    _language(
        "Dutch",
        """hoeveel in we is welke welk wie waar wanneer zijn was er het een en van met zonder per maand maanden
        jaar jaren week weken kwartaal laatste afgelopen vorige wij we onze ons hebben heeft had toon geef laat
        zien alle meeste minste meer dan elke iedere niet geen voor tussen sinds tot uit naar bij op""",
        "Sorry, ik begrijp voorlopig alleen vragen in het Engels.",
    ),
    _language(
        "Polish",
        """ile ilu mamy jaki jaka jakie którzy które który gdzie kiedy jest są było były mamy nasi nasze pokaż
        lista w na z ze od do dla przez oraz miesiąc miesiąca miesięcznie rok roku lata tydzień kwartał ostatni
        ostatnim ostatnich najwięcej najmniej każdy każdego bez i nie""",
        "Przepraszam, na razie rozumiem tylko pytania po angielsku.",
    ),
    _language(
        "Swedish",
        """hur många mycket vilka vilken vilket vem när är var fanns finns har hade vi våra vår visa lista per
        månad månader år vecka kvartal senaste förra med utan varje mellan sedan och eller från till på av inte
        flest minst""",
        "Tyvärr förstår jag än så länge bara frågor på engelska.",
    ),
)
# Small words of these languages that are English words, parts of names or signs as well: they tell nothing.
_ENGLISH_TOO = frozenset(
    """d l do da os de la a an am as at be by do en he her in is it me no of on or so to up us we all her plus per
    pro tot total was wie have has had hat e i y z w un il la le et per var op par die des den es son con sin
    este esta der das von zu los las el ou em na ten bin pas est ne her ay az bu ve nos dos min till lista liste
    numero entre desde com week van met dan visa mayor dime dove sans plus par pays""".split()
)


def language_of(tokens: Sequence[Token], catalog: Catalog) -> Language | None:
    """The language that a question is in which isn't English; None for English, and where it can't be told."""
    said = {token.form for token in tokens if token.kind is TokenKind.WORD}
    language = max(LANGUAGES, key=lambda one: len(_telling(said, one)))
    if not _is_in(said, language):
        return None
    return language if _is_in(said - _names(catalog), language) else None  # "Monat" may be a column


def _telling(said: Set[str], language: Language) -> Set[str]:
    return (said & language.words) - _ENGLISH_TOO


def _is_in(said: Set[str], language: Language) -> bool:
    english = (said & FILLER) - language.words
    if not english and _telling(said, language) and len(said & language.words) >= _TOGETHER:
        return True
    return len(_telling(said, language)) >= max(_TELLING, len(english) + 1)


def _names(catalog: Catalog) -> frozenset[str]:
    """The words that the catalog's names are made of."""
    names = [table.name for table in catalog.tables]
    names += [column.name for table in catalog.tables for column in table.columns]
    return frozenset(word for name in names for word in name_words(name))
