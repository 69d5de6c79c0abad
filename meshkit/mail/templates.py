"""Mails from templates: `<name>.txt` with the blocks `subject` and `body`, and `<name>.html`."""

from jinja2 import BaseLoader, Environment, StrictUndefined, select_autoescape

from meshkit.mail.message import Mail


class Templates:
    """Values are escaped in HTML; a value that a template misses is an error; a subject is one line."""

    def __init__(self, loader: BaseLoader) -> None:
        self._environment = Environment(
            loader=loader,
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def mail(self, name: str, recipient: str, /, **values: object) -> Mail:
        """The mail `name` with its values filled in."""
        html = self._environment.get_template(f"{name}.html").render(values)
        return Mail(recipient, _line(self._block(name, "subject", values)), self._block(name, "body", values), html)

    def _block(self, name: str, block: str, values: dict[str, object]) -> str:
        template = self._environment.get_template(f"{name}.txt")
        return "".join(template.blocks[block](template.new_context(values))).strip() + "\n"


def _line(text: str) -> str:
    """Breaks become spaces, other control characters go: what a value holds can't begin another header."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())
