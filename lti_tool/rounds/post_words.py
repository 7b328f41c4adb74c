"""What stands in a post: the words of a contact's letter and of its card, figures in words only."""

from dataclasses import replace

from lti_tool.domain import retention
from lti_tool.domain.channels import HELLO
from lti_tool.domain.digests import DigestStep
from lti_tool.domain.guides import Guide
from lti_tool.mail.channels import Post
from lti_tool.rounds.letters import InHand
from lti_tool.services import cards
from lti_tool.services.contact_facts import Follower


def write(in_hand: InHand, follower: Follower) -> Post:
    """The post of a delivery. How many people said something stands in it as a word, in any group."""
    locale = "en" if follower.contact.locale.startswith("en") else "nl"
    window = retention.open_window(follower.ended_on, follower.facts.calendar)
    post = Post(
        step=in_hand.delivery.step,
        locale=locale,
        training=follower.track.title,
        until_on=window.last_on,
        pace=follower.track.pace,
    )
    if post.step == HELLO:
        return post
    catalogue = in_hand.work.catalogue
    card = cards.show(in_hand.session, in_hand.delivery, follower, catalogue)
    found = card.in_the_way
    if post.step == DigestStep.VALUE_CHECK:
        post = _with_guide(post, cards.guide(in_hand.delivery, catalogue))
    return replace(
        post,
        to_do=card.to_do.text[locale],
        has_figures=card.has_figures,
        is_small=card.is_small,
        obstacle=cards.labels(catalogue)[found.obstacle][locale] if found else None,
        share=found.share if found else None,
    )


def _with_guide(post: Post, guide: Guide) -> Post:
    """The same with what to ask each other, as a post leads to no page. Minutes are figures and stay out."""
    asks = tuple(ask[post.locale] for point in guide.points for ask in point.asks)
    return replace(post, guide=guide.title[post.locale], asks=asks)
