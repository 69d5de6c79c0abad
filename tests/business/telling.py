"""The figures as text."""

from collections.abc import Iterable, Sequence

from tests.business.measuring import Measured, Verdict

_HEADER = f"{'':24}{'asked':>6}{'right':>7}{'EX %':>7}{'answered':>10}{'wrong':>7}{'of them %':>11}\n"


def table(found: Sequence[Measured]) -> str:
    """EX is of the questions that have an answer; the last section is of those that have none."""
    with_answer = [one for one in found if one.question.gold]
    without = [one for one in found if not one.question.gold]
    answered = [one for one in found if one.sql]
    wrong = sum(one.verdict is Verdict.WRONG for one in answered)
    lines = [f"{len(found)} questions, {len(with_answer)} of them with an answer\n\n", _HEADER]
    lines += [_line("all", with_answer)]
    lines += [_line(name, group) for name, group in _groups(with_answer)]
    held_back = sum(not one.sql for one in without)
    share = _percent(held_back, len(without))
    lines.append(f"\nwithout an answer: {len(without)}, not answered {held_back} ({share} %), ")
    lines.append(f"in the way expected {sum(one.good for one in without)}\n")
    lines.append(f"wrong among all answered: {wrong} of {len(answered)} ({_percent(wrong, len(answered))} %)\n")
    return "".join(lines)


def listing(found: Iterable[Measured], verdict: str) -> str:
    shown = (one for one in found if one.verdict == verdict)
    return "".join(
        f"{one.question.id}\n  {' / '.join((*one.question.history, one.question.text))}\n"
        f"  {one.confidence:.2f} {one.said}\n  {one.sql}\n"
        for one in shown
    )


def _groups(found: Sequence[Measured]) -> list[tuple[str, list[Measured]]]:
    databases, tags = {one.question.database for one in found}, {tag for one in found for tag in one.question.tags}
    names = (*sorted(databases), *sorted(tags))
    return [(name, [one for one in found if name in (one.question.database, *one.question.tags)]) for name in names]


def _line(name: str, group: Sequence[Measured]) -> str:
    right = sum(one.verdict is Verdict.RIGHT for one in group)
    answered = [one for one in group if one.sql]
    wrong = sum(one.verdict is Verdict.WRONG for one in answered)
    return (
        f"{name:24}{len(group):6}{right:7}{_percent(right, len(group)):>7}{len(answered):10}{wrong:7}"
        f"{_percent(wrong, len(answered)):>11}\n"
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"
