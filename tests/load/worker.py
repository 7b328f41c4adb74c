"""A worker that sends what is due, when told so on its standard input; it answers with seconds and memory.

In: a line for each time. Out: "ready", then for each line the letters sent, the seconds that it took, and the
most memory (MB) that the process had so far.
"""

import resource
import sys
import time

from config import heap
from config import settings as configuration
from lti_tool.rounds import deliver, opening
from tests.load import crowd


def main() -> None:
    """Sends at each line."""
    work = opening.open_workplace(configuration.load())
    _ = work.keyring.named
    heap.settle()
    print("ready", flush=True)
    for _ in sys.stdin:
        began, sent = time.perf_counter(), 0
        while taken := deliver.run(work, now=crowd.DUE):
            sent += taken
        seconds = time.perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(sent, f"{seconds:.4f}", memory, flush=True)


if __name__ == "__main__":
    main()
