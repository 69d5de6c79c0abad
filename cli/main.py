"""The `infinure` command. Each subcommand imports what it needs when it runs, so that the command starts fast."""

import json
import sys
from enum import StrEnum
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Annotated

import typer

from cli.errors import CommandError

app = typer.Typer(
    help="Infinure: chat with your data, on your own machine.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home", help="Where everything is kept. Default: INFINURE_HOME, else .infinure here.", metavar="FOLDER"
    ),
]


class BrokenRows(StrEnum):
    """What becomes of rows that can't be read."""

    skip = "skip"
    refuse = "refuse"


@app.command()
def up(
    home: HomeOption = None,
    port: Annotated[
        int | None, typer.Option(help="The port a browser opens. Default: INFINURE_PORT, else 8080.", metavar="PORT")
    ] = None,
    detach: Annotated[
        bool, typer.Option("--detach", "-d", help="Return when all is ready; go on in the background.")
    ] = False,
    demo: Annotated[bool, typer.Option("--demo/--no-demo", help="Set up the demo organization at first start.")] = True,
    background: Annotated[bool, typer.Option("--background", hidden=True)] = False,
) -> None:
    """Start everything on this machine, keep it running, and stop it cleanly on Ctrl-C.

    The stores are embedded unless INFINURE_POSTGRES_URL (a superuser's) or INFINURE_REDIS_URL name real servers.
    Data and logs stay in the home folder; the next start finds them there.
    """
    from cli import detached, mesh, settings
    from cli.home import Home
    from cli.progress import view

    chosen = Home.chosen(home)
    checked = settings.read(port, demo)
    if detach:
        detached.start(chosen, ["--port", str(checked.port), "--demo" if demo else "--no-demo"], view())
    else:
        # The background half of --detach writes to a log; who waits for it shows the logins.
        mesh.run(chosen, checked, view(logins=not background))


@app.command()
def down(home: HomeOption = None) -> None:
    """Stop what `infinure up` started. Data stays."""
    from cli import status
    from cli.home import Home

    print("Stopped." if status.stop(Home.chosen(home)) else "Infinure was not running.")


@app.command()
def status(
    home: HomeOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: {url, services, demo_users}.")] = False,
) -> None:
    """Show what runs. The exit code is 0 when everything is ready, 1 otherwise."""
    from cli import status as board
    from cli.home import Home
    from cli.progress import PlainView

    shown = board.snapshot(Home.chosen(home))
    if as_json:
        print(json.dumps(board.as_json(shown), indent=2))
    elif shown is None:
        print("Infinure was never started here. Start it by: infinure up")
    else:
        PlainView(every_state=True).show(shown)
    raise typer.Exit(0 if board.is_ready(shown) else 1)


@app.command()
def logs(
    service: Annotated[str | None, typer.Argument(help="A process, e.g. chat, edge or postgres. Default: all.")] = None,
    home: HomeOption = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on as lines are written.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", help="How many of the last lines.", min=0)] = 100,
) -> None:
    """Show what the processes wrote."""
    from cli import logs as reader
    from cli.home import Home

    files = reader.files(Home.chosen(home).logs, service)
    for name, file in files.items():
        for line in reader.last_lines(file, lines).splitlines():
            print(line if service else f"{name}: {line}")
    names = {file: name for name, file in files.items()}
    for file, line in reader.follow(list(names)) if follow else ():
        print(line if service else f"{names[file]}: {line}", flush=True)


@app.command()
def ask(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar='FILE-or-URL… ["QUESTION"]',
            help="Files (CSV, TSV, JSON, JSON lines, Parquet, Excel; several are one source) or one SQLite file or "
            "database URL (postgresql://, mysql://, clickhouse://, sqlite:///), then the question.",
            show_default=False,
        ),
    ],
    sql: Annotated[bool, typer.Option("--sql", help="Show the SQL that ran.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document, for programs; see docs/ask.md.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show which words meant what, and the receipt.")] = False,
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help="Go on asking at a prompt. So without a question, too.")
    ] = False,
    rows: Annotated[
        int | None,
        typer.Option(
            "--max-rows",
            min=1,
            max=1_000_000,
            help="Rows shown at most. Default: 20 on a terminal, 10,000 in a pipe, 1,000 in JSON.",
            metavar="N",
        ),
    ] = None,
    chart: Annotated[
        bool | None, typer.Option("--chart/--no-chart", help="Draw a small chart. Default: on a wide terminal.")
    ] = None,
    delimiter: Annotated[str, typer.Option(help="What parts the cells of a CSV file. Default: found out.")] = "",
    encoding: Annotated[str, typer.Option(help="Of text files, e.g. windows-1252. Default: found out.")] = "",
    header: Annotated[
        bool | None,
        typer.Option("--header/--no-header", help="Whether the first row names columns. Default: found out."),
    ] = None,
    broken: Annotated[BrokenRows, typer.Option(help="What becomes of rows that can't be read.")] = BrokenRows.skip,
    sheet: Annotated[str | None, typer.Option(help="The one sheet of a workbook to read. Default: all.")] = None,
    model: Annotated[
        Path | None, typer.Option(help="A semantic model, see docs/semantic-model.md.", metavar="FILE")
    ] = None,
    week_starts_on: Annotated[
        str | None, typer.Option(help="The first day of a week, e.g. sunday. Default: the model's, or monday.")
    ] = None,
    fiscal_year_starts_in: Annotated[
        str | None, typer.Option(help="The first month of a fiscal year. Default: the model's, or january.")
    ] = None,
    timezone: Annotated[str | None, typer.Option(help="Where “today” is, e.g. Europe/Berlin. Default: here.")] = None,
    now: Annotated[str | None, typer.Option(help="The moment to ask as of, e.g. 2026-02-10. Default: now.")] = None,
    timeout: Annotated[float, typer.Option(min=0.1, max=3600, help="Seconds that a query may take.")] = 60.0,
    bar: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="What is less likely right isn't answered. Default: the engine's."),
    ] = None,
) -> None:
    """Ask files or a database a question, with nothing else running.

    Without a question: a prompt, or a question per line where standard input is a pipe. The answer goes to standard
    output, all else to standard error. A database's password is in its URL, in INFINURE_SOURCE_PASSWORD or PGPASSWORD,
    or asked for.

    Exit codes: 0 answered; 1 failed (a file or database can't be read, a query took too long); 2 wrong usage; 3 the
    question is unclear and was asked back; 4 refused, or there is no data for it. For several questions: the worst, in
    the order 0, 3, 4, 1.
    """
    from cli.ask.command import Options, run

    options = Options(
        sql=sql, as_json=as_json, explain=explain, interactive=interactive, chart=chart, rows=rows,
        timeout_seconds=timeout, time_zone=timezone, now=now, model=model, delimiter=delimiter, encoding=encoding,
        header=header, broken=broken.value, sheet=sheet, week_starts_on=week_starts_on,
        fiscal_year_starts_in=fiscal_year_starts_in, bar=bar,
    )  # fmt: skip
    raise typer.Exit(run(words, options))


@app.command()
def evaluate(
    questions: Annotated[
        Path,
        typer.Option(
            help="JSON lines: id, db_path, question, and if need be history, now, instructions.",
            metavar="FILE",
            show_default=False,
        ),
    ],
    databases: Annotated[
        Path,
        typer.Option(
            help="The folder of SQLite files that every db_path is under.", metavar="FOLDER", show_default=False
        ),
    ],
    out: Annotated[
        Path, typer.Option(help="Where a line for each question is written.", metavar="FILE", show_default=False)
    ],
    gold: Annotated[
        Path | None, typer.Option(help="JSON lines: id, db_path, gold_sql. What is right is counted.", metavar="FILE")
    ] = None,
    now: Annotated[
        str | None, typer.Option(help="The moment to ask as of, e.g. 2026-02-10; a line's own goes first.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Processes. Default: as many as processors.", metavar="N")
    ] = None,
    details: Annotated[bool, typer.Option("--details", help="Say more in each line: docs/evaluate.md.")] = False,
    bar: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="What is less likely right isn't answered. Default: the engine's."),
    ] = None,
) -> None:
    """Measure the engine: ask many questions over SQLite files, write what becomes of each, count what is right.

    Nothing else runs. The report goes to standard output. The files' formats and the figures: docs/evaluate.md.

    Exit codes: 0 the run is done, however it went; 1 failed (a file can't be read or written, a line is wrong);
    2 wrong usage.
    """
    from cli.evaluate.command import Options
    from cli.evaluate.command import evaluate as run

    raise typer.Exit(run(Options(questions, databases, out, now, workers, gold, details, bar)))


audit = typer.Typer(help="The audit trail.", no_args_is_help=True)
app.add_typer(audit, name="audit")


@audit.command()
def verify(home: HomeOption = None) -> None:
    """Walk every organization's audit trail and tell the first link that doesn't hold.

    Exit codes: 0 all hold; 1 a link is broken; 2 it can't be found out, as when PostgreSQL isn't running.
    """
    from cli.audit import verify as run
    from cli.home import Home

    raise typer.Exit(run(Home.chosen(home)))


privacy = typer.Typer(help="People's data.", no_args_is_help=True)
app.add_typer(privacy, name="privacy")


@privacy.command()
def erase_again(home: HomeOption = None) -> None:
    """After a backup was restored: have everybody erased again who had been erased since it was made.

    It needs the folder `audit-anchors/erasures` as it was before the backup was put back.
    """
    from cli.audit import erase_again as run
    from cli.home import Home

    raise typer.Exit(run(Home.chosen(home)))


@app.command()
def version() -> None:
    """Show the version."""
    print(package_version("infinure"))


def main() -> None:
    """Entry point: runs the command, and tells an error in words instead of a trace."""
    try:
        app()
    except CommandError as error:
        print(f"infinure: {error.message}", file=sys.stderr)
        if error.hint:
            print(error.hint, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
