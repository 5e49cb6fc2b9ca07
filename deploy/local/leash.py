"""The leash: becomes another program that dies when the process that started it dies.

`python leash.py PARENT SIGNAL USER -- PROGRAM ARGUMENT...` asks the kernel for SIGNAL at the
parent's death (even by kill -9), leaves root behind if asked to, and executes the program in its
own place: the process id stays, no further process is there. Standard library only, so that it
starts in milliseconds.

USER is `same`; `unmapped`, which enters a user namespace where nobody is root, while files still
belong to whom they belonged; or a user id to become.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000


def leave_root(user: str) -> None:
    """Stop being root in the way that was chosen."""
    if user == "unmapped":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(CLONE_NEWUSER) != 0:
            raise OSError(ctypes.get_errno(), "no user namespace to be had")
    elif user != "same":
        os.setgroups([])
        os.setgid(int(user))
        os.setuid(int(user))


def become(parent: int, orphaned: int, user: str, argv: list[str]) -> None:
    """Put the leash on and run the program; return only if the parent is dead already."""
    leave_root(user)
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(ending, signal.SIG_DFL)  # a parent that is ending ignores some; not we
    # After leaving root: a change of user clears what was asked for before it.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, orphaned, 0, 0, 0)
    if os.getppid() == parent or os.getppid() == 0:  # 0: a parent outside of this namespace
        os.execvp(argv[0], argv)  # noqa: S606


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[5:])
