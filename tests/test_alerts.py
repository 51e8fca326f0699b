"""Tests the alert rules with Prometheus' own tool, if promtool is installed. expresso/tests/test_metrics.py checks the
names in the rules without promtool."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from expresso.family import find_program

RULES = Path(__file__).parents[1] / "deploy" / "monitoring" / "alerts.yaml"
#: The metric of sent texts, by outcome. Every text that counts as failed or delivered has counted as sent before.
SENT, FAILED, DELIVERED = (
    f'sms_messages_sent_total{{kind="ready",outcome="{outcome}"}}' for outcome in ("sent", "failed", "delivered")
)
REPLIES = 'sms_messages_sent_total{kind="reply",outcome="sent"}'

pytestmark = pytest.mark.once


def promtool(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(find_program("promtool")), *arguments], capture_output=True, text=True, check=False)


def test_prometheus_reads_the_rules() -> None:
    said = promtool("check", "rules", str(RULES))

    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize(("failing", "alerts"), [(9, 0), (12, 1)])
def test_texts_that_fail_alert_above_a_tenth(tmp_path: Path, failing: int, alerts: int) -> None:
    rising = {SENT: 100, FAILED: failing, DELIVERED: 100 - failing, REPLIES: 500}
    checks = {
        "rule_files": [str(RULES)],
        "evaluation_interval": "1m",
        "tests": [
            {
                "interval": "1m",
                "input_series": [{"series": name, "values": f"0+{step}x60"} for name, step in rising.items()],
                "promql_expr_test": [
                    {
                        "expr": 'count(ALERTS{alertname="ExpressoTextsFail",alertstate="firing"}) or vector(0)',
                        "eval_time": "40m",
                        "exp_samples": [{"labels": "{}", "value": alerts}],
                    }
                ],
            }
        ],
    }
    (tmp_path / "checks.yaml").write_text(yaml.safe_dump(checks))

    said = promtool("test", "rules", str(tmp_path / "checks.yaml"))

    assert said.returncode == 0, said.stdout + said.stderr
