"""Wrong answers, told by the parts in which their SQL differs from the SQL that is right."""

import pytest

from cli.evaluate.differences import UNREADABLE, differences, told
from cli.evaluate.figures import Scored
from cli.evaluate.model import Gold, Kind, Prediction, Verdict

CREWS = "SELECT b.name, count(*) FROM boat AS b JOIN crew AS c ON c.boat_id = b.id WHERE c.age > 30 GROUP BY b.id"


@pytest.mark.parametrize(
    ("sql", "gold", "parts"),
    [
        (
            'SELECT "boat"."name" AS "boat", COUNT(*) AS "crews" FROM "main"."boat" JOIN "main"."crew"'
            ' ON "crew"."boat_id" = "boat"."id" WHERE "crew"."age" > 30 GROUP BY "boat"."id", "boat"."name"'
            ' ORDER BY COUNT(*) DESC',
            CREWS,
            [],
        ),
        (CREWS.replace("> 30", ">= 30"), CREWS, ["conditions"]),
        (CREWS.replace("count(*)", "avg(c.age)"), CREWS, ["figures"]),
        (CREWS.replace("b.name, ", ""), CREWS, ["columns shown"]),
        (f"{CREWS} ORDER BY count(*) LIMIT 1", f"{CREWS} ORDER BY count(*) DESC LIMIT 1", ["order and limit"]),
        ("SELECT DISTINCT name FROM boat", "SELECT name FROM boat", ["equal rows"]),
        ("SELECT name FROM boat", "SELECT name FROM crew", ["tables"]),
        ("SELECT max(age) FROM crew", "SELECT max(age) FROM crew GROUP BY boat_id", ["grouping"]),
        ("SELECT name FROM boat WHERE a >= 1 AND a <= 5", "SELECT name FROM boat WHERE a BETWEEN 1 AND 5", []),
        ("SELECT a FROM t", "SELECT a FROM t WHERE b = (SELECT max(b) FROM t)", ["nesting and sets"]),
        ("SELECT FROM WHERE", "SELECT name FROM boat", [UNREADABLE]),
    ],
)  # fmt: skip
def test_the_parts_that_differ(sql: str, gold: str, parts: list[str]) -> None:
    assert differences(sql, [gold]) == parts


def test_of_several_statements_that_are_right_the_likest_counts() -> None:
    assert differences("SELECT name FROM boat", ["SELECT max(age) FROM crew", "SELECT DISTINCT name FROM boat"]) == [
        "equal rows"
    ]


def test_only_wrong_answers_are_told() -> None:
    gold = Gold(1, ("SELECT DISTINCT name FROM boat WHERE hull = 3",))

    def scored(sql: str, *, right: bool, kind: Kind = Kind.ANSWER) -> Scored:
        return Scored(Prediction(1, kind, sql), gold, Verdict(right))

    found = told(
        [
            scored("SELECT DISTINCT name FROM boat WHERE hull = 4", right=False),
            scored("SELECT name FROM boat WHERE hull = 4", right=False),
            scored("SELECT hull FROM boat", right=True),
            scored("SELECT hull FROM boat", right=False, kind=Kind.CLARIFY),
        ]
    )
    assert found == [("conditions", 2, 1), ("equal rows", 1, 0)]
