"""How `infinure ask` ends, for scripts; and the errors that end it before there is an outcome."""

from enum import IntEnum

from cli.errors import CommandError


class Exit(IntEnum):
    """Exit codes. INTERRUPTED is a shell's 128 + SIGINT."""

    ANSWERED = 0
    FAILED = 1
    USAGE = 2
    CLARIFICATION = 3
    NO_ANSWER = 4
    INTERRUPTED = 130


class AskError(CommandError):
    """It can't go on: one line of what is wrong, one of what to do."""

    code = Exit.FAILED


class UsageProblem(AskError):
    """The command was written in a way that can't be followed."""

    code = Exit.USAGE
