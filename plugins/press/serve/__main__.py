"""Shows the site while it is written: `press serve [CONTENT] [-s SETTINGS] [--port 8000] [--host 127.0.0.1]`.

The exit status is 0 after Ctrl-C, 1 if the port cannot be used, and 2 for wrong usage.
"""

import argparse
import sys

from ..build_error import BuildError
from ..command_line import add_arguments, parse
from .front.listening import listen
from .front.worker_process import WorkerDied, WorkerProcess

LOOPBACK = "127.0.0.1"


def port(text: str) -> int:
    """Return the number of a port; 0 is one that the system chooses. Raises ArgumentTypeError."""
    if text.isascii() and text.isdigit() and len(text) < 6 and int(text) < 1 << 16:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port; use a number from 1024 to 65535")


def main(arguments: list[str]) -> int:
    """Serve until Ctrl-C and return the exit status."""
    parser = argparse.ArgumentParser("press serve", description="Shows a Pelican site, and follows each save.")
    add_arguments(parser)
    parser.add_argument("-p", "--port", type=port, default=8000, help="0 for one that is free")
    parser.add_argument(
        "-b", "--host", "--bind", default=LOOPBACK, help="0.0.0.0 lets other machines of the network in"
    )
    parser.add_argument("-o", "--output", help=argparse.SUPPRESS)
    try:
        wanted, (settings_file, overrides) = parse(parser, arguments)
        if wanted.output:
            parser.error(f"the preview writes no output; press build -o {wanted.output} does")
        host = wanted.host or LOOPBACK
        with listen(host, wanted.port) as listener:
            # The worker first: it reads the site while the rest of the front is loaded.
            worker = WorkerProcess(settings_file, overrides)
            try:
                from .front.run import run

                run(listener, host, settings_file, worker)
            finally:
                worker.end()
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except WorkerDied as death:
        print(death, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
