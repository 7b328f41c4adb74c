"""Which tests stay in one process when several processes share them."""

from xdist.scheduler import LoadScopeScheduling

BROWSERS = ("tests/browser/", "tests/demo_lms/test_chromium.py")
FAULTS = ("tests/faults/",)


class FilesTogether(LoadScopeScheduling):
    """A file stays together, since what it sets up is its own.

    So do all files with browsers, and all with faults: each keeps a machine busy by itself, and waits for
    what happens there. (`--dist=loadgroup` would do it with marks, but with pytest 9.2 it groups nothing.)
    """

    def _split_scope(self, nodeid: str) -> str:
        """The name of the group that a test belongs to."""
        file = nodeid.partition("::")[0]
        for together in (BROWSERS, FAULTS):
            if file.startswith(together):
                return together[0]
        return file
