"""The programs, such as nginx, that some test files need. pytest does not collect a file if its program is not
installed. Expresso itself needs none of these programs."""

from __future__ import annotations

from expresso.family import find_program

#: The test files in this folder that need each program.
COLLECTED_WITH = {
    "curl": ["test_curl.py"],
    "nginx": ["test_nginx.py", "test_blue_green.py"],
    "pgbouncer": ["test_pgbouncer.py"],
    "promtool": ["test_alerts.py"],
    "rabbitmq-server": ["test_brokers.py"],
}


def left_out() -> dict[str, list[str]]:
    """Return the programs that are not installed, each with the test files that are therefore not collected."""
    return {program: files for program, files in COLLECTED_WITH.items() if not find_program(program)}
