"""All tables: each refers to others by name, and they are known once all are read."""

from lti_tool.models import (  # noqa: F401  reading them is all
    activities,
    check_ins,
    contacts,
    courses,
    deep_links,
    deliveries,
    feeds,
    figures,
    instruments,
    organisations,
    own_addresses,
    people,
    plans,
    platforms,
    privacy,
    recalls,
    reflections,
    rounds,
    tracks,
    visits,
)
