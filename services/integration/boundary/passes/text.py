"""Checks before parsing: length, characters that hide text, and how deep the parser would have to go."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from sqlglot.tokenizer_core import Token, TokenType

from services.integration.boundary.passes.draft import PARSER_ERRORS, Draft
from services.integration.boundary.refusals import QueryRefused, RefusalReason

# Marks that make text read in another order than it runs, and line ends that only some readers see.
_DECEIVING = frozenset("\u2028\u2029\u200e\u200f\u061c\ufeff") | {chr(c) for c in (*range(0x202A, 0x202F),
                                                                          *range(0x2066, 0x206A))}  # fmt: skip
_ESCAPE = re.compile(r"\\.", re.DOTALL)
_QUOTED = {TokenType.STRING, TokenType.IDENTIFIER, TokenType.RAW_STRING, TokenType.HEREDOC_STRING,
           TokenType.BYTE_STRING, TokenType.NATIONAL_STRING}  # fmt: skip
_OPENING = {TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE, TokenType.CASE}
_CLOSING = {TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE, TokenType.END}
# Prefix operators nest without brackets: `NOT NOT NOT x` is three levels deep.
_PREFIX = {TokenType.NOT, TokenType.DASH, TokenType.PLUS, TokenType.TILDE, TokenType.INTERVAL, TokenType.ANY,
           TokenType.ARRAY, TokenType.JOIN}  # fmt: skip


def plain_characters(draft: Draft) -> Draft:
    """NUL, control characters and bidirectional marks are refused wherever they stand; so is too long a text."""
    try:
        size = len(draft.sql.encode())
    except UnicodeEncodeError:
        raise QueryRefused(RefusalReason.CHARACTERS_REFUSED) from None
    if size > draft.limits.max_text_bytes:
        raise QueryRefused(RefusalReason.TOO_COMPLEX, f"{size} bytes of text", limit=str(draft.limits.max_text_bytes))
    for character in draft.sql:
        control = unicodedata.category(character) == "Cc" and character not in "\t\r\n"
        if control or character in _DECEIVING:
            raise QueryRefused(RefusalReason.CHARACTERS_REFUSED, f"U+{ord(character):04X}")
    return draft


def bounded_tokens(draft: Draft) -> Draft:
    """The number of tokens and the depth of their nesting are bounded, so that no parser recursion runs away.

    Outside of quotes, characters that Unicode folds into others (full-width letters and semicolons) are refused,
    and so are comments that the database would run.
    """
    try:
        tokens = draft.rules.parser.tokenize(draft.sql)
    except PARSER_ERRORS:
        raise QueryRefused(RefusalReason.NOT_PARSEABLE) from None
    if len(tokens) > draft.limits.max_tokens:
        raise QueryRefused(RefusalReason.TOO_COMPLEX, f"{len(tokens)} words", limit=str(draft.limits.max_tokens))
    for token in tokens:
        _refuse_disguise(token, draft.rules.comment_marks)
    depth = _depth(tokens)
    if depth > draft.limits.max_nesting:
        raise QueryRefused(RefusalReason.TOO_COMPLEX, f"{depth} levels", limit=str(draft.limits.max_nesting))
    return replace(draft, tokens=tuple(tokens))


def plain_escapes(draft: Draft) -> Draft:
    """Where a backslash escapes, only sequences that every reader takes alike; and none within a quoted name."""
    escapes = draft.rules.escapes
    if escapes is None:
        return draft
    for token in draft.tokens:
        written = draft.sql[token.start : token.end + 1]
        if "\\" not in written or token.token_type not in _QUOTED - {TokenType.HEREDOC_STRING}:
            continue
        strange = next((found for found in _ESCAPE.findall(written) if found not in escapes), "")
        if strange or token.token_type is TokenType.IDENTIFIER:
            raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, f"the escape {strange or written}")
    return draft


def _depth(tokens: list[Token]) -> int:
    depth = deepest = prefixes = brackets = 0
    for token in tokens:
        if token.token_type in _OPENING:
            depth += 1
        elif token.token_type in _CLOSING:
            depth = max(0, depth - 1)
        prefixes = prefixes + 1 if token.token_type in _PREFIX else 0
        brackets += token.token_type is TokenType.L_BRACKET
        deepest = max(deepest, depth + prefixes)
    return max(deepest, brackets)  # subscripts cost the parser the square of their number


def _refuse_disguise(token: Token, comment_marks: tuple[str, ...]) -> None:
    if token.token_type not in _QUOTED and not token.text.isascii():
        folded = unicodedata.normalize("NFKC", token.text)
        if folded != token.text or not token.text.replace("_", "a").isalnum():
            raise QueryRefused(RefusalReason.CHARACTERS_REFUSED, token.text)
    for comment in token.comments:
        if comment.startswith(comment_marks or ("\0",)):
            raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, "a comment that runs")
