"""Texts out of data, made harmless to show. Pure."""

import unicodedata


def plain(value: str) -> str:
    """The text on one line, without what would steer a terminal or hide text in it."""
    return "".join(
        character
        if character.isprintable() or unicodedata.category(character) == "Zs"
        else " "
        if character in "\n\r\t"
        else "�"
        for character in value
    )
