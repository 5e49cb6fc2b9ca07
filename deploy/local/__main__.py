"""`python -m deploy.local demo|run|later|docker-check`: what the Makefile calls after set-up."""

import sys

import psycopg

from deploy.local.demo import demo, docker_check
from deploy.local.ending import orderly
from deploy.local.later import later
from deploy.local.process import end_all
from deploy.local.province import run
from deploy.local.server import ServerFailed
from deploy.local.telling import NotAsTold
from deploy.local.troubles import NO_POSTGRES, Trouble, of_files

WORDS = {"demo": demo, "run": run, "later": later, "docker-check": docker_check}


def main(words: list[str]) -> int:
    """Do what the word says; a trouble is one sentence and a non-zero exit, never a trace."""
    if len(words) != 1 or words[0] not in WORDS:
        print(f"Say one of: {', '.join(WORDS)}", file=sys.stderr)
        return 2
    try:
        with orderly():
            WORDS[words[0]]()
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 0 if words[0] == "run" else 130
    except (Trouble, ServerFailed, NotAsTold) as trouble:
        print("", trouble, *notes(trouble), sep="\n", file=sys.stderr)
        return 1
    except OSError as refused:
        print("", of_files(refused), *notes(refused), sep="\n", file=sys.stderr)
        return 1
    except psycopg.Error as refused:
        said = " ".join(str(refused).split())
        print("", NO_POSTGRES.format(said=said), *notes(refused), sep="\n", file=sys.stderr)
        return 1
    finally:
        end_all()
    return 0


def notes(trouble: Exception) -> list[str]:
    """What whoever saw the trouble go by has added to it."""
    found: list[str] = getattr(trouble, "__notes__", [])
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
