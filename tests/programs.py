"""Programs without which some files of tests are not collected. Expresso runs without each of them."""

from __future__ import annotations

from expresso.family import find_program

#: By program, the files in this folder that need it.
COLLECTED_WITH = {
    "curl": ["test_curl.py"],
    "nginx": ["test_nginx.py", "test_blue_green.py"],
    "pgbouncer": ["test_pgbouncer.py"],
    "promtool": ["test_alerts.py"],
    "rabbitmq-server": ["test_brokers.py"],
}


def left_out() -> dict[str, list[str]]:
    """Return the programs that are not installed, with the files that are left out for want of them."""
    return {program: files for program, files in COLLECTED_WITH.items() if not find_program(program)}
