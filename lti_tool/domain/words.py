"""A text that exists in both languages of the product."""

from dataclasses import dataclass

LOCALES = ("nl", "en")


@dataclass(frozen=True)
class Words:
    """One text, written in Dutch and in English."""

    nl: str
    en: str

    def __getitem__(self, locale: str) -> str:
        """The text in `locale`, a language tag; anything that is not English reads Dutch."""
        return self.en if locale.lower().startswith("en") else self.nl
