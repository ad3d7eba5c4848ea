"""Run a program that the kernel kills as soon as it asks for an internet socket.

    python no_internet.py PROGRAM ARGUMENT...

A seccomp filter stands before every system call of the process and its children, native
libraries included, needs no privileges and cannot be taken off again.  A program that ends
normally under it has not even tried.
"""

from __future__ import annotations

import ctypes
import os
import platform
import socket
import struct
import sys

# linux/audit.h and the table of system calls.
AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
SOCKET_CALL = {"x86_64": 41, "aarch64": 198}

# linux/prctl.h, linux/seccomp.h, linux/filter.h
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD_WORD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, KILL_PROCESS = 0x7FFF0000, 0x80000000
OFFSET_OF_CALL, OFFSET_OF_ARCH, OFFSET_OF_FIRST_ARGUMENT = 0, 4, 16


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def is_available() -> bool:
    """Whether this is a Linux that the filter was written for."""
    return sys.platform == "linux" and platform.machine() in AUDIT_ARCH


def forbid_internet_sockets() -> None:
    """Have this process killed (SIGSYS) when it, or a child, opens an IPv4 or IPv6 socket."""
    machine = platform.machine()

    def instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
        return struct.pack("=HBBI", code, if_true, if_false, value)

    program = [
        instruction(LOAD_WORD, OFFSET_OF_ARCH),
        instruction(JUMP_IF_EQUAL, AUDIT_ARCH[machine], if_false=6),  # foreign code: kill
        instruction(LOAD_WORD, OFFSET_OF_CALL),
        instruction(JUMP_IF_EQUAL, SOCKET_CALL[machine], if_false=3),  # another call: allow
        instruction(LOAD_WORD, OFFSET_OF_FIRST_ARGUMENT),
        instruction(JUMP_IF_EQUAL, socket.AF_INET, if_true=2),  # kill
        instruction(JUMP_IF_EQUAL, socket.AF_INET6, if_true=1),  # kill
        instruction(RETURN, ALLOW),
        instruction(RETURN, KILL_PROCESS),
    ]
    filter_ = _Program(len(program), b"".join(program))
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in (
        (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(filter_), 0, 0),
    ):
        if libc.prctl(*arguments) != 0:
            raise OSError(ctypes.get_errno(), "the filter was not accepted")


if __name__ == "__main__":
    forbid_internet_sockets()
    os.execvp(sys.argv[1], sys.argv[1:])
