"""Write the current digests of the container images into compose.yaml and the Dockerfile: `python3
deploy/pin_images.py`.

A tag can later point to another image; a digest cannot. The script asks the registries for the digests with `docker
buildx imagetools inspect`, so it needs docker and the internet. To update images, run it again, and review and commit
the changes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
FILES = (HERE / "compose.yaml", HERE / "Dockerfile")
#: Matches an image from a registry with its tag and old digest. "image: expresso" has no tag and is built locally.
IMAGE = re.compile(r"^(\s*image: |FROM )([\w./-]+:[\w.-]+)(?:@sha256:[0-9a-f]{64})?", re.MULTILINE)
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def with_digests(text: str, digest_of: Callable[[str], str]) -> str:
    return IMAGE.sub(lambda found: f"{found[1]}{found[2]}@{digest_of(found[2])}", text)


def ask_registry(image: str) -> str:
    command = ["docker", "buildx", "imagetools", "inspect", image, "--format", "{{.Manifest.Digest}}"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except FileNotFoundError:
        sys.exit("docker is not installed here; its digests cannot be asked for.")
    except subprocess.CalledProcessError as error:
        sys.exit(f"{image}: {error.stderr.strip()}")
    if not DIGEST.fullmatch(said):
        sys.exit(f"{image}: this is no digest: {said}")
    return said


def main() -> None:
    # Get all digests before writing, so that a failure leaves both files unchanged.
    pinned = {file: with_digests(file.read_text(encoding="utf-8"), ask_registry) for file in FILES}
    for file, text in pinned.items():
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
