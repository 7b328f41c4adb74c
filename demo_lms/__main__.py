"""Run the demo LMS: `python -m demo_lms --port 8421 --smtp-port 8425 --tool http://localhost:8420`."""

import argparse
import signal
import sys
import threading

from demo_lms.running import RunningPlatform


def main() -> int:
    """Serve until the process is told to stop; 2 when an address cannot be used."""
    asked = _arguments()
    stopped = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stopped.set())
    try:
        running = RunningPlatform(
            asked.tool,
            host=asked.host,
            port=asked.port,
            smtp_host=asked.smtp_host,
            smtp_port=asked.smtp_port,
            is_installed=not asked.not_installed,
        )
    except (ValueError, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    with running:
        sys.stdout.write(f"Demo LMS on {running.url}, its mail server on port {running.smtp.port}.\n")
        sys.stdout.flush()
        stopped.wait()
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo_lms", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="loopback address of the LMS")
    parser.add_argument("--port", type=int, default=8421, help="port of the LMS; 0 for a free one")
    parser.add_argument("--smtp-host", default="127.0.0.1", help="loopback address of the mail server")
    parser.add_argument("--smtp-port", type=int, default=8425, help="port of the mail server")
    parser.add_argument("--tool", default="http://localhost:8420", help="address of the tool")
    parser.add_argument("--not-installed", action="store_true", help="an administrator adds the tool")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
