"""The files in deploy/ start the same programs, in the same way, as `make run-full` does on this machine."""

from __future__ import annotations

import re
import string
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import redis
import yaml

from deploy.pin_images import with_digests
from expresso.family import Family
from expresso.full import gunicorn, nginx_config
from expresso.machine import BASE_DIR
from tests.deployment import until
from tests.run import DEPLOYMENT
from tests.servers import free_port, redis_program

DEPLOY = BASE_DIR / "deploy"
#: Services that read clients' addresses from X-Forwarded-For. All must be told the same number of proxies (PROXIES).
COUNTING = {"tables", "web", "live", "worker", "nginx"}


#: Settings that compose.yaml does not pass on from the environment. Either their default is right in a container, or a
#: service sets its own value.
NOT_PASSED = {
    *("DEBUG", "DEMO", "SQLITE_SYNCHRONOUS", "VAR_DIR", "PORT", "PROCESS_NAME", "METRICS_PORT"),
    *("WEB_WORKERS", "SOCKET_SERVERS", "TASK_WORKERS"),
}


def settings_of_readme() -> set[str]:
    table = (BASE_DIR / "README.md").read_text().partition("## Settings\n")[2].partition("## The full")[0]
    rows = re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}


@pytest.fixture
def services() -> dict[str, dict[str, Any]]:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    services: dict[str, dict[str, Any]] = compose["services"]
    return services


def names_to_fill() -> set[str]:
    """Return the names in nginx.conf that must be replaced by values. They are in capitals; nginx's own variables are
    not."""
    template = string.Template((DEPLOY / "nginx.conf").read_text())
    return {name for name in template.get_identifiers() if name.isupper()}


def test_compose_passes_every_setting(services: dict[str, dict[str, Any]]) -> None:
    assert set(services["web"]["environment"]) == settings_of_readme() - NOT_PASSED


def test_no_setting_of_this_machine_reaches_a_test() -> None:
    assert settings_of_readme() - DEPLOYMENT == set()


def test_compose_fills_every_name_of_the_nginx_template(services: dict[str, dict[str, Any]]) -> None:
    given = set(services["nginx"]["environment"]) - {"NGINX_ENVSUBST_OUTPUT_DIR"}

    assert given == names_to_fill()


def test_the_local_nginx_has_no_name_left_to_fill_and_keeps_nginx_variables(tmp_path: Path) -> None:
    config = nginx_config(tmp_path, listen="8000", http="127.0.0.1:8001", live="127.0.0.1:8002").read_text()

    settings = "\n".join(line for line in config.splitlines() if not line.lstrip().startswith("#"))
    assert re.findall(r"\$\{|\$[A-Z]", settings) == []
    assert "listen 8000;" in settings
    assert "proxy_set_header Host $http_host;" in settings
    assert settings.count("server 127.0.0.1:8001 max_fails=0;") == 2
    assert settings.count("server 127.0.0.1:8002;") == 1


def filled(value: Any, **given: str) -> Any:
    """Return the value with ${NAME}, ${NAME:?} and ${NAME:-default} replaced, as docker compose does."""
    if isinstance(value, list):
        return [filled(each, **given) for each in value]
    return re.sub(r"\$\{(\w+)(?::([-?])([^}]*))?\}", lambda m: given.get(m[1], m[3] if m[2] == "-" else ""), str(value))


def test_nginx_and_the_application_count_the_same_proxies(services: dict[str, dict[str, Any]]) -> None:
    """All services get the same value of PROXIES: 2 by default (a proxy that ends TLS, and nginx), or the value in the
    environment."""
    counts = {name: service["environment"]["PROXIES"] for name, service in services.items() if name in COUNTING}

    assert {filled(count) for count in counts.values()} == {"2"}
    assert {filled(count, PROXIES="3") for count in counts.values()} == {"3"}
    assert set(counts) == COUNTING


def test_redis_lets_nobody_in_without_its_password_and_the_application_with_it(
    services: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    port = free_port()
    _, *options = filled(services["redis"]["command"], REDIS_PASSWORD="s3cr3tpass")
    url = filled(services["web"]["environment"]["REDIS_URL"], REDIS_PASSWORD="s3cr3tpass")
    command = [redis_program(), "--port", str(port), "--dir", str(tmp_path), *options]
    with Family() as family:
        family.start("redis", command, stdout=subprocess.DEVNULL)
        stranger = redis.Redis(port=port)
        until(lambda: _says(stranger, redis.AuthenticationError), what="a refusal by Redis")

        with redis.Redis.from_url(url.replace("redis:6379", f"127.0.0.1:{port}")) as client:
            assert client.ping()
        assert filled(services["redis"]["environment"]["REDISCLI_AUTH"], REDIS_PASSWORD="x") == "x"


def _says(client: redis.Redis, refusal: type[Exception]) -> bool:
    try:
        client.ping()
    except refusal:
        return True
    except redis.ConnectionError:
        return False
    raise AssertionError("a stranger was let in")


@pytest.fixture(scope="module")
def manifests() -> list[dict[str, Any]]:
    """Return the manifests of deploy/kubernetes as kubectl renders them."""
    kubectl = Path(sys.executable).with_name("kubectl")
    command = [str(kubectl), "kustomize", str(DEPLOY / "kubernetes")]
    rendered = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return list(yaml.safe_load_all(rendered))


@pytest.mark.once
def test_kubernetes_takes_every_manifest(manifests: list[dict[str, Any]]) -> None:
    for manifest in manifests:
        kubernetes_validate.validate(manifest, "1.33", strict=True)

    assert {"Deployment", "Service", "Ingress", "Job", "HorizontalPodAutoscaler", "PodDisruptionBudget"} < {
        manifest["kind"] for manifest in manifests
    }


@pytest.mark.once
def test_pods_run_the_programs_and_know_the_settings_of_the_containers(
    manifests: list[dict[str, Any]], services: dict[str, dict[str, Any]]
) -> None:
    deployments = {each["metadata"]["name"]: each for each in manifests if each["kind"] == "Deployment"}
    [config] = [each["data"] for each in manifests if each["kind"] == "ConfigMap"]

    assert set(config) < DEPLOYMENT
    for name, deployment in deployments.items():
        pod = deployment["spec"]["template"]["spec"]
        [container] = pod["containers"]
        assert container["command"][:4] == services[name]["command"][:4]
        assert {variable["name"] for variable in container["env"]} < DEPLOYMENT
        assert container["livenessProbe"]
        assert container["securityContext"]["readOnlyRootFilesystem"]


def test_containers_know_no_setting_that_expresso_does_not(services: dict[str, dict[str, Any]]) -> None:
    for name in ("tables", "web", "live", "worker"):
        assert set(services[name]["environment"]) < DEPLOYMENT


def test_containers_run_the_programs_that_run_full_runs(services: dict[str, dict[str, Any]]) -> None:
    local = [part.replace(f"{BASE_DIR}/", "") for part in gunicorn(host="0.0.0.0", port=8000)]

    # The path of Python and the number of workers can differ, so leave them out.
    assert services["web"]["command"][1:-1] == local[1:-1]
    assert services["worker"]["command"] == ["python", "manage.py", "work"]
    assert services["live"]["command"][:3] == ["python", "-m", "expresso.daphne"]


@pytest.mark.once
def test_every_image_from_a_registry_is_pinned_and_pinned_anew(services: dict[str, dict[str, Any]]) -> None:
    first, second = f"sha256:{'1' * 64}", f"sha256:{'2' * 64}"
    asked: list[str] = []

    def digest(image: str) -> str:
        asked.append(image)
        return second

    once = with_digests((DEPLOY / "compose.yaml").read_text(), lambda _image: first)
    again = with_digests(once, digest)
    built = with_digests((DEPLOY / "Dockerfile").read_text(), lambda _image: first)

    before = {name: service["image"].partition("@")[0] for name, service in services.items()}
    after = {name: service["image"] for name, service in yaml.safe_load(again)["services"].items()}
    assert after == {name: image if image == "expresso" else f"{image}@{second}" for name, image in before.items()}
    assert sorted(asked) == sorted(image for image in before.values() if image != "expresso")
    assert f"FROM python:3.11-slim@{first}\n" in built


def test_every_image_of_a_registry_is_named_by_its_digest(services: dict[str, dict[str, Any]]) -> None:
    [base] = re.findall(r"^FROM (\S+)", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    images = {base, *(service["image"] for service in services.values())} - {"expresso"}

    assert len(images) == 4
    assert all(re.fullmatch(r"[a-z]+:[\w.-]+@sha256:[0-9a-f]{64}", image) for image in images)


def test_the_secrets_of_the_deployment_are_neither_committed_nor_in_the_image() -> None:
    for file in (".gitignore", ".dockerignore"):
        assert ".env" in (BASE_DIR / file).read_text().splitlines()
