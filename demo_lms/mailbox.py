"""The mailbox: every mail that the demo's SMTP server accepted."""

import threading
from datetime import datetime

from demo_lms import letters
from demo_lms.complaints import Complaints
from demo_lms.letters import Letter


class Mailbox:
    """The letters, in order of arrival."""

    def __init__(self, complaints: Complaints) -> None:
        self._lock = threading.Lock()
        self._letters: list[Letter] = []
        self._complaints = complaints

    def deliver(self, sender: str, recipients: tuple[str, ...], source: bytes, now: datetime) -> Letter:
        """Keep one accepted mail, and object to what is wrong with it."""
        with self._lock:
            letter = letters.read(len(self._letters) + 1, sender, recipients, source, now)
            is_repeated = bool(letter.message_id) and letter.message_id in {
                earlier.message_id for earlier in self._letters
            }
            self._letters.append(letter)
        for fault in letters.faults(letter, now):
            self._complaints.add("smtp", fault, now)
        if is_repeated:
            self._complaints.add("smtp", f"the letter {letter.message_id} arrived before", now)
        return letter

    def all(self) -> list[Letter]:
        """A copy of the list."""
        with self._lock:
            return list(self._letters)

    def after(self, number: int) -> list[Letter]:
        """The letters that arrived after the one with this number."""
        return self.all()[max(number, 0) :]

    def find(self, number: int) -> Letter | None:
        return next((letter for letter in self.all() if letter.number == number), None)

    def __len__(self) -> int:
        with self._lock:
            return len(self._letters)
