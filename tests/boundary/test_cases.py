"""Every case gets its verdict; and without any one of the passes, some named case gets another."""

import pytest

from services.integration.boundary.guard import CHECKS, PASSES, guard, judged_again, judging_again
from services.integration.boundary.passes.bounds import bounded_series
from services.integration.boundary.passes.draft import Pass
from services.integration.boundary.passes.relations import folded_names
from services.integration.boundary.passes.render import stable
from services.integration.boundary.passes.rewrite import capped, is_capped, only_permitted, permitted_columns
from services.integration.boundary.refusals import QueryRefused, RefusalReason
from tests.boundary import shop
from tests.boundary.loading import Case, cases

CASES = list(cases())
# Passes that have nothing to do in a dialect, and why.
IDLE: dict[tuple[str, Pass], str] = {
    ("clickhouse", folded_names): "(names aren't folded)",
    ("clickhouse", bounded_series): "(no function makes rows)",
    ("clickhouse", stable): "(what it would refuse is refused before)",
}


def outcome(case: Case, passes: tuple[Pass, ...] = PASSES) -> str:
    """ "as expected", or what came instead."""
    try:
        guarded = guard(case.sql, shop.scope(case.dialect), passes=passes)
    except QueryRefused as refusal:
        return "as expected" if refusal.reason == case.reason else f"refused: {refusal.reason} {refusal.message}"
    except Exception as error:
        if passes is PASSES:
            raise  # the guard raises refusals and nothing else
        return f"broken: {type(error).__name__}"
    missing = [text for text in case.has if text not in guarded.sql]
    if case.reason or missing or not guarded.sql or "LIMIT " not in guarded.sql:
        return f"allowed as {guarded.sql}"
    return "as expected"


def without(removed: Pass, *, in_passes: bool = True, in_checks: bool = True) -> tuple[Pass, ...]:
    checks = judging_again(tuple(each for each in CHECKS if not (in_checks and each is removed)))
    left = (each for each in PASSES if not (in_passes and each is removed))
    return tuple(checks if each is judged_again else each for each in left)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.dialect}: {case.name}")
def test_verdict(case: Case) -> None:
    assert outcome(case) == "as expected"


def test_no_statement_reaches_a_log(caplog: pytest.LogCaptureFixture) -> None:
    """The parser logs the text of what it doesn't understand: a query's text may hold tenants' data."""
    with caplog.at_level("DEBUG"):
        for case in CASES:
            outcome(case)
    assert not caplog.records


@pytest.mark.parametrize("removed", PASSES, ids=lambda each: each.__name__)
def test_every_pass_is_needed(removed: Pass) -> None:
    """Each pass has named cases that turn red without it."""
    others = without(removed)
    named = [case for case in CASES if case.guards == removed.__name__]
    assert named, f"no case stands for {removed.__name__}"
    for case in named:
        assert outcome(case, others) != "as expected", f"{case.name!r} doesn't need {removed.__name__}"


@pytest.mark.parametrize("removed", PASSES, ids=lambda each: each.__name__)
def test_every_pass_is_needed_by_clickhouse(removed: Pass) -> None:
    """The engine stops nothing there: each pass has a case of that dialect, or nothing to do."""
    named = [case for case in CASES if case.guards == removed.__name__ and case.dialect == "clickhouse"]
    assert bool(named) != (("clickhouse", removed) in IDLE)


@pytest.mark.parametrize("check", [each for each in CHECKS if each in PASSES], ids=lambda each: each.__name__)
def test_the_second_judgement_is_needed(check: Pass) -> None:
    """What slips through a pass is still refused when the rendered text is judged, and by nothing else."""
    refused = [case for case in CASES if case.guards == check.__name__ and case.reason]
    assert refused
    for case in refused:
        assert outcome(case, without(check, in_checks=False)) == "as expected"


@pytest.mark.parametrize(("skipped", "check"), [(permitted_columns, only_permitted), (capped, is_capped)])
def test_a_rewrite_that_did_nothing_is_noticed(skipped: Pass, check: Pass) -> None:
    with pytest.raises(QueryRefused) as refused:
        guard("SELECT * FROM staff", shop.scope(), passes=without(skipped))
    assert refused.value.reason == RefusalReason.NOT_STABLE
    unnoticed = tuple(each for each in without(check) if each is not skipped)
    assert guard("SELECT * FROM staff", shop.scope(), passes=unnoticed).sql


def test_cases_are_told_apart() -> None:
    names = [(case.dialect, case.name, bool(case.reason)) for case in CASES]
    assert len(names) == len(set(names))
    assert {case.reason for case in CASES} - {""} <= {reason.value for reason in RefusalReason}
    assert {case.guards for case in CASES} - {""} <= {each.__name__ for each in PASSES}
