"""An adviser of the organisation, as they sign in."""

from dataclasses import dataclass
from http.cookies import SimpleCookie

from lti_tool.services import advisers, organisations
from tests.web.mail import link

ESTHER = "esther@waterhoek.example"
ASK, HOME = "/o/sign-in", "/o/insight"
NL = {"Accept-Language": "nl"}


@dataclass
class Adviser:
    """What somebody with an address does, who was appointed or not."""

    campus: object
    address: str = ESTHER

    def appointed(self, slug="default"):
        with self.campus.work.sessions.begin() as session:
            found = organisations.find(session, slug)
            named, now = self.campus.work.keyring.named, self.campus.work.now().real
            advisers.appoint(session, found, self.address, named, now)
        return self

    def dismissed(self):
        with self.campus.work.sessions.begin() as session:
            found = organisations.find(session, "default")
            advisers.dismiss(session, found, self.address, self.campus.work.keyring.named)

    def ask(self):
        return self.campus.http.post(ASK, data={"address": self.address}, headers=NL)

    def asked(self):
        """The link in the letter that comes."""
        self.ask()
        (letter,) = self.campus.deliver()
        return link(letter, "/o/sign-in/")

    def signed_in(self):
        """The header with which the browser shows that it is signed in."""
        return cookie_of(self.campus.http.post(self.asked()))


def cookie_of(answer):
    made = SimpleCookie(answer.headers["Set-Cookie"])["beklijf_adviser"]
    return {"Cookie": f"beklijf_adviser={made.value}", **NL}
