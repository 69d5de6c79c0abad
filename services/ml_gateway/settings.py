"""What the gateway is told by its environment."""

from dataclasses import dataclass

from meshkit.settings import DatabaseSettings, PagingSettings, PeerSettings, ServerSettings, peer, variable
from services.ml_gateway.engine import BAR


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise ValueError("must be a number from 0 to 1")
    return share


@dataclass(frozen=True)
class Settings:
    """Everything at once."""

    server: ServerSettings
    database: DatabaseSettings
    paging: PagingSettings
    auth: PeerSettings = peer("auth")
    integration: PeerSettings = peer("integration")
    # How likely right a reading must be to be answered, 0 to 1; what is less is asked back or refused.
    answer_bar: float = variable("INFINURE_ANSWER_BAR", BAR, parse=_share)
    # How many catalogs, and as many indexes made of them, stay in memory; the least recently used leaves first.
    catalogs_kept: int = variable("INFINURE_CATALOGS_KEPT", 100)
    # Rows that an answer lists; a query may give more, which are counted.
    rows_kept: int = variable("INFINURE_ANSWER_ROWS_KEPT", 1000)
    # What an organization may teach: as many words, verified answers, verdicts and benchmark questions.
    synonyms_most: int = variable("INFINURE_SYNONYMS_MOST", 2000)
    verified_answers_most: int = variable("INFINURE_VERIFIED_ANSWERS_MOST", 1000)
    verdicts_most: int = variable("INFINURE_VERDICTS_MOST", 50_000)
    benchmark_questions_most: int = variable("INFINURE_BENCHMARK_QUESTIONS_MOST", 5000)
    # Questions of one source, which one run asks one after the other.
    benchmark_questions_of_source: int = variable("INFINURE_BENCHMARK_QUESTIONS_OF_SOURCE", 500)
    # Runs of one source that are kept; the oldest leaves first.
    evaluation_runs_kept: int = variable("INFINURE_EVALUATION_RUNS_KEPT", 200)
