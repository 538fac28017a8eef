"""`python -m tests.spreadsheets.warm`: a house that has started up, and runs each command it is told in a child.

Commands come as lines of JSON, [arguments, file for what is said, file for what is refused]; of each it tells the
child's number and, once that has ended, [exit code, seconds of work, megabytes held at most]. Starting up is paid for
once, and is no part of what a command uses.
"""

import json
import os
import sys

import django
from django.core.management import ManagementUtility, call_command, load_command_class

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionrelations.settings")


def main():
    django.setup()
    call_command("check", stdout=sys.stderr)
    load_command_class("unionrelations", "import_sheet")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            run(*json.loads(line))
        print(child, flush=True)
        _pid, status, used = os.wait4(child, 0)
        code = os.waitstatus_to_exitcode(status)
        print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]), flush=True)


def run(arguments: list[str], said: str, refused: str):
    for stream, path in ((sys.stdout, said), (sys.stderr, refused)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream.fileno())
    try:
        ManagementUtility(["manage.py", *arguments]).execute()
    except SystemExit as end:
        code = end.code or 0
    else:
        code = 0
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    main()
