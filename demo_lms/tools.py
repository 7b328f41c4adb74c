"""The external tools of the LMS: who registered, who may be opened, and what each said of itself."""

import secrets
import threading
from dataclasses import dataclass, replace
from enum import StrEnum

from demo_lms.registration import Registration


class State(StrEnum):
    """Whether a tool may be opened, as Moodle has it."""

    PENDING = "pending"
    ACTIVE = "active"


@dataclass(frozen=True)
class Tool:
    """A tool in the administrator's list. in_chooser: trainers may add it to a course."""

    registration: Registration
    name: str
    state: State = State.ACTIVE
    in_chooser: bool = True


class Tools:
    """All tools. Client ids and deployment ids are given out by the LMS, so both are unique in it."""

    def __init__(self, *tools: Tool) -> None:
        self._lock = threading.Lock()
        self._tools = {tool.registration.client_id: tool for tool in tools}
        self._deployments = sum(len(tool.registration.deployment_ids) for tool in tools)

    def all(self) -> list[Tool]:
        with self._lock:
            return list(self._tools.values())

    def active(self) -> list[Tool]:
        """Those that may be opened."""
        return [tool for tool in self.all() if tool.state is State.ACTIVE]

    def in_chooser(self) -> list[Tool]:
        """Those that a trainer may add to a course."""
        return [tool for tool in self.active() if tool.in_chooser]

    def of_client(self, client_id: object) -> Registration | None:
        """The registration with this client id, if that tool is active."""
        return next((t.registration for t in self.active() if t.registration.client_id == client_id), None)

    def of_deployment(self, deployment_id: object) -> Registration | None:
        """The registration that this deployment is of, if that tool is active."""
        found = (tool.registration for tool in self.active())
        return next((one for one in found if deployment_id in one.deployment_ids), None)

    def add(self, registration: Registration, name: str) -> Tool:
        """A tool that registered itself: pending and in no chooser, with ids of its own."""
        with self._lock:
            self._deployments += 1
            own = replace(
                registration,
                client_id=secrets.token_urlsafe(12),
                deployment_ids=(str(self._deployments),),
            )
            tool = Tool(own, name, State.PENDING, in_chooser=False)
            self._tools[own.client_id] = tool
        return tool

    def change(self, client_id: str, state: State, *, in_chooser: bool) -> None:
        """What an administrator does to a tool. Raises KeyError for an unknown one."""
        with self._lock:
            self._tools[client_id] = replace(self._tools[client_id], state=state, in_chooser=in_chooser)
