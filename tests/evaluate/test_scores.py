"""Predictions against gold: verdicts over a real file, figures, and the report of a whole run."""

import pytest

from cli.evaluate import figures
from cli.evaluate.figures import Scored
from cli.evaluate.model import Gold, Kind, Prediction, Verdict
from cli.evaluate.scoring_work import judge
from tests.evaluate.data import DB, line
from tests.evaluate.running import Evaluator

BOATS = "SELECT count(*) FROM boat"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.mark.parametrize(
    ("sql", "gold", "right", "problem"),
    [
        (BOATS, [BOATS], True, ""),
        (BOATS, ["SELECT 5", "SELECT 4"], True, ""),
        (BOATS, ["SELECT 5"], False, ""),
        ("SELECT hull, name FROM boat", ["SELECT name, hull FROM boat"], True, ""),
        ("SELECT name FROM boat ORDER BY name DESC", ["SELECT name FROM boat"], True, ""),
        ("SELECT name FROM boat ORDER BY name DESC", ["SELECT name FROM boat ORDER BY name"], False, ""),
        ("SELECT nothing FROM boat", [BOATS], False, "fails"),
        ("not SQL", [BOATS], False, "fails"),
        ("SELECT 1; SELECT 2", [BOATS], False, "fails"),
        ("", [BOATS], False, "no result"),
        ("DELETE FROM boat", [BOATS], False, "fails"),
        ("ATTACH '/etc/passwd' AS other", [BOATS], False, "fails"),
        ("PRAGMA writable_schema = 1", [BOATS], False, "fails"),
        ("SELECT load_extension('x')", [BOATS], False, "fails"),
        (ENDLESS, [BOATS], False, "takes too long"),
        (BOATS, ["SELECT nothing FROM boat"], False, "the gold's SQL: fails"),
        (BOATS, ["SELECT nothing FROM boat", BOATS], True, ""),
        ("SELECT '2026-02-10'", ["SELECT date('now')"], True, ""),
    ],
)
def test_verdicts(evaluate: Evaluator, sql: str, gold: list[str], right: bool, problem: str) -> None:
    reply = judge({"path": str(evaluate.databases / DB)})
    request = {"sql": sql, "gold": gold, "now": "2026-02-10", "seconds": 0.5, "gold_seconds": 5.0}
    assert list(reply(request)) == [{"right": right, "problem": problem}]


def _scored(number: int, kind: Kind, confidence: float, right: bool, *, answerable: bool = True) -> Scored:
    gold = Gold(str(number), ("SELECT 1",) if answerable else (), answerable=answerable)
    return Scored(Prediction(str(number), kind, confidence=confidence), gold, Verdict(right))


SOME = [
    _scored(1, Kind.ANSWER, 0.95, True),
    _scored(2, Kind.ANSWER, 0.9, True),
    _scored(3, Kind.ANSWER, 0.6, False),
    _scored(4, Kind.CLARIFY, 0.0, False),
    _scored(5, Kind.REFUSE, 0.0, True, answerable=False),
    _scored(6, Kind.ANSWER, 0.5, False, answerable=False),
]


def test_figures_of_some_questions() -> None:
    whole = figures.figure(SOME)
    assert (whole.count, whole.answered, whole.right_answers, whole.right) == (6, 4, 2, 3)
    assert whole.precision == 50.0
    assert whole.accuracy == 50.0


def test_a_higher_bar_leaves_out_what_is_less_sure() -> None:
    found = dict(figures.curve(SOME))
    assert [(bar, one.answered, one.right_answers) for bar, one in found.items()] == [
        (0.5, 4, 2), (0.6, 3, 2), (0.9, 2, 2), (0.95, 1, 1),
    ]  # fmt: skip
    # What has no answer and falls below the bar is right then.
    assert [one.right for one in found.values()] == [3, 4, 4, 3]


def test_nothing_answered_is_one_line_of_the_curve() -> None:
    assert figures.curve([SOME[3]]) == [(0.0, figures.Figure(1, 0, 0, 0))]


def test_percentiles_are_values_that_were_there() -> None:
    values = [float(number) for number in range(1, 101)]
    assert [figures.percentile(values, share) for share in (0.5, 0.95, 1.0)] == [50.0, 95.0, 100.0]
    assert figures.percentile([7.0], 0.5) == 7.0
    assert figures.percentile([], 0.95) == 0.0


def test_a_run_with_gold_reports_what_is_right(evaluate: Evaluator) -> None:
    gold = [
        line("right", "how many boats are there", BOATS, hardness="easy", core=True, features=["where", "group"]),
        line("wrong", "how many repairs are there", "SELECT 99", hardness="hard", core=False, features=["where"]),
        line("none", "what is the meaning of life", answerable=False),
    ]
    ended = evaluate([*gold, line("unknown", "how many berths are there")], gold=gold)
    assert ended.code == 0, ended.err
    said = [" ".join(text.split()) for text in ended.out.splitlines()]
    assert "questions 4 answered 3 asked back 0 refused 1" in said
    assert "EX 66.7% right among answered 50.0% (2 of 3)" in said
    assert "without an answer in the data 1: refused or asked back 100.0%" in said
    assert "without gold, and not scored: 1" in said
    for expected in (
        "easy 1 100.0% 100.0% 100.0%",
        "hard 1 100.0% 0.0% 0.0%",
        "core 1 100.0% 100.0% 100.0%",
        "not core 1 100.0% 0.0% 0.0%",
        "where 2 100.0% 50.0% 50.0%",
    ):
        assert expected in said, ended.out
    assert any(text.startswith("planning a question 4") for text in said)
    assert any(text.startswith("building an index 1") for text in said)


def test_gold_is_read_as_of_the_same_moment(evaluate: Evaluator) -> None:
    sql = """SELECT sum(hours) FROM repair WHERE done_on >= date('now', 'start of month', '-1 month')
        AND done_on < date('now', 'start of month')"""
    gold = [
        line("run", "total hours of repairs last month", sql),
        line("own", "total hours of repairs last month", sql, now="2025-12-05"),
        line("asked", "total hours of repairs last month", sql),
    ]
    questions = [*gold[:2], gold[2] | {"now": "2025-12-05T10:00"}]
    ended = evaluate(questions, "--now", "2026-02-10", gold=gold)
    assert "EX 100.0%" in ended.out, ended.out


def test_lines_of_an_unreadable_database_are_wrong(evaluate: Evaluator) -> None:
    gold = [line("a", "how many boats are there", BOATS, db_path="missing.sqlite")]
    ended = evaluate(gold, gold=gold)
    assert "EX 0.0%" in ended.out, ended.out
    assert "refuse: database_unreadable" in ended.out
