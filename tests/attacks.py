"""Working out from a ledger of figures what one to four people did, as somebody would who has all of it."""

from itertools import combinations

from lti_tool.domain.insights import EVERYBODY, MADE, USED, Group


class Attack:
    """Works out what it can from a ledger, by bounds that tighten each other until nothing changes.

    It knows the tree, how many people each group has, and that only a plan that was made can be used.
    """

    KINDS = ("made", "used", "unused", "without")

    def __init__(self, ledger):
        self.ledger = ledger

    def on(self, root):
        """Each part, and each rest of a part, of which a kind of people is known to be one to four."""
        self.bounds = {}
        self.children = {}
        self._lay_out(root, "organisation")
        while self._tighten():
            pass
        yield from self._small()

    def _lay_out(self, node, path):
        below = []
        if isinstance(node, Group):
            size, told = node.of(EVERYBODY).people, {name: each.count for name, each in node.told.items()}
        else:
            for at, each in enumerate((*node.groups, *node.branches)):
                below.append(self._lay_out(each, f"{path}/{at}"))
            size = sum(self.bounds[each]["size"] for each in below)
            told = {name: number for (branch, name), number in self.ledger.items() if branch == node.id}
        kinds = {kind: [0, size] for kind in self.KINDS}
        for name, kind in ((MADE, "made"), (USED, "used")):
            if name in told:
                kinds[kind] = [told[name]] * 2
        self.bounds[path] = {"size": size, **kinds}
        self.children[path] = below
        return path

    def _tighten(self):
        before = repr(self.bounds)
        for path, one in self.bounds.items():
            self._between(one["made"], [one["used"], one["unused"]])
            self._between([one["size"]] * 2, [one["made"], one["without"]])
            for kind in self.KINDS:
                self._between(one[kind], [self.bounds[each][kind] for each in self.children[path]])
        return repr(self.bounds) != before

    @staticmethod
    def _between(whole, parts):
        """The bounds of a whole and of its parts, each by the others."""
        if not parts:
            return
        low, high = sum(part[0] for part in parts), sum(part[1] for part in parts)
        whole[:] = max(whole[0], low), min(whole[1], high)
        for part in parts:
            others_low, others_high = low - part[0], high - part[1]
            part[:] = max(part[0], whole[0] - others_high), min(part[1], whole[1] - others_low)
            low, high = others_low + part[0], others_high + part[1]

    def _small(self):
        for path, one in self.bounds.items():
            for kind in self.KINDS:
                if self._gives_away(*one[kind]):
                    yield path, kind
                below = self.children[path]
                for number in range(1, len(below)):
                    for some in combinations(below, number):
                        rest = [self.bounds[each][kind] for each in below if each not in some]
                        known = [self.bounds[each][kind] for each in some]
                        if all(low == high for low, high in known) and len(rest) > 1:
                            taken = sum(low for low, _ in known)
                            if self._gives_away(one[kind][0] - taken, one[kind][1] - taken):
                                yield path, some, kind

    @staticmethod
    def _gives_away(low, high):
        return low == high and 1 <= low <= 4
