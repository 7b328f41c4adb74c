"""What the Content-Security-Policy of a page allows."""


def directive(answer, name):
    """One directive of the Content-Security-Policy, as a set of sources."""
    policy = answer.headers["Content-Security-Policy"]
    found = [part.split()[1:] for part in policy.split(";") if part.split()[:1] == [name]]
    return set(found[0]) if found else None
