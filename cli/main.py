"""The `infinure` command. Each subcommand imports what it needs when it runs, so that the command starts fast."""

import json
import sys
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
