"""An example of a letter for a trainer: the letter itself, marked as one, with words that are nobody's."""

from dataclasses import dataclass

from lti_tool.mail.contact_letters import ContactLetter
from lti_tool.mail.environment import environment
from lti_tool.mail.letters import NudgeLetter

# Raised by one in the change that gives the mark other words, so that a delivery tells what was read.
VERSION = "example-2"


@dataclass(frozen=True, kw_only=True, repr=False)
class ExampleLetter(NudgeLetter):
    """A letter to one learner whom there is not. All its links lead to a page that says so."""

    @property
    def template(self) -> str:
        """The file with the mark, which takes all other words from the letter's own."""
        return "mail/example.txt"

    @property
    def letter(self) -> str:
        """The file with the words of the letter itself."""
        return super().template


@dataclass(frozen=True, kw_only=True, repr=False)
class ExampleCard(ContactLetter):
    """The same of a letter to who follows."""

    @property
    def template(self) -> str:
        """The file with the mark, which takes all other words from the letter's own."""
        return "mail/example.txt"

    @property
    def letter(self) -> str:
        """The file with the words of the letter itself."""
        return super().template


@dataclass(frozen=True)
class Words:
    """What somebody might have written."""

    when: str
    then: str
    cue: str


def words(locale: str) -> Words:
    """The words of an example, in the language of its reader."""
    made = environment("en" if locale.lower().startswith("en") else "nl")
    said = vars(made.get_template("mail/example_words.txt").module)
    return Words(said["when"], said["then"], said["cue"])
