"""The forms of posts, by apprise, an extra (requirements-channels.txt). Only `channels` imports this.

apprise would post by itself: with a name looked up twice, through proxies of the environment, after
redirects, and with a no for every reason why it did not work. So here it makes the form only. It never
learns an address: what it gets in its place is nobody's.
"""

import logging
from typing import Any

from apprise import NotifyFormat
from apprise.plugins.slack import NotifySlack
from apprise.plugins.workflows import NotifyWorkflows

from lti_tool.domain.channels import Service

Form = dict[str, object]
NOBODYS = "A" * 24

# It would say that it posted something.
logging.getLogger("apprise").setLevel(logging.ERROR)


class _SlackForm(NotifySlack):
    """Keeps what would be posted."""

    made: Form

    def _send(self, *sent: Any, **more: Any) -> Form:
        self.made = sent[1]
        return {"ok": True}


def make(service: Service, title: str, text: str) -> Form:
    """A post as the service reads it. text: without any mark that the service would take for its own."""
    if service is Service.TEAMS:
        teams = NotifyWorkflows(workflow=NOBODYS, signature=NOBODYS, host="localhost", include_image=False)
        form: Form = teams.gen_payload(body=text, title=title)
        return form
    slack = _SlackForm(
        token_a=NOBODYS[:9],
        token_b=NOBODYS[:9],
        token_c=NOBODYS,
        include_image=False,
        include_footer=False,
        use_blocks=True,
    )
    slack.send(text, title=title, body_format=NotifyFormat.TEXT)
    return slack.made
