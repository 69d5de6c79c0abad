"""What is usual in an industry, read from the data file beside this module."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import yaml

from services.auth.errors import IndustryUnknown

DEFAULT = "saas"


@dataclass(frozen=True)
class IndustryTemplate:
    """An industry's sensitive columns, regulations, first questions, charts, key figures and usual sources."""

    industry: str
    name: str
    sensitive_fields: tuple[str, ...]
    compliance_frameworks: tuple[str, ...]
    default_questions: tuple[str, ...]
    chart_types: tuple[str, ...]
    kpis: tuple[str, ...]
    connectors: tuple[str, ...]


@dataclass(frozen=True)
class IndustryTemplates:
    """All templates, by industry."""

    by_industry: Mapping[str, IndustryTemplate]

    def named(self, industry: str) -> IndustryTemplate:
        """The industry's template; no industry means the default's.

        Raises:
            IndustryUnknown: there is none of that name.
        """
        template = self.by_industry.get(industry or DEFAULT)
        if template is None:
            raise IndustryUnknown(sorted(self.by_industry))
        return template


def load() -> IndustryTemplates:
    """Reads the data file; a template with a missing or unknown part is refused at start, not when it is asked for."""
    entries = yaml.safe_load(files("services.auth").joinpath("industry_templates.yaml").read_text("utf-8"))
    return IndustryTemplates({industry: _template(industry, entry) for industry, entry in entries.items()})


def _template(industry: str, entry: Mapping[str, object]) -> IndustryTemplate:
    parts = {name: tuple(part) if isinstance(part, list) else part for name, part in entry.items()}
    return IndustryTemplate(industry=industry, **parts)  # type: ignore[arg-type]
