"""Where the command `undelivered` and `python -m generator` start: quiet when stopped while still loading."""

from __future__ import annotations

import signal


def main() -> None:
    """Run the command; until it listens for Ctrl-C itself, Ctrl-C ends it without a trace."""
    listening = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from generator import cli

    signal.signal(signal.SIGINT, listening)
    cli.main()


if __name__ == "__main__":
    main()
