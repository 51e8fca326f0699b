"""Pin the images of compose.yaml and the Dockerfile by digest: `python3 deploy/pin_images.py`.

A tag moves whenever its owner publishes; a digest names one image for ever. `docker buildx imagetools inspect` asks the
registry for the digests, so this script needs docker and the internet. Run it again to use newer images, look at the
difference, and commit it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
FILES = (HERE / "compose.yaml", HERE / "Dockerfile")
#: An image from a registry, with its tag and its old digest. "image: expresso" has no tag and is built here.
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
    # Get all digests first, so that a failure changes neither file.
    pinned = {file: with_digests(file.read_text(encoding="utf-8"), ask_registry) for file in FILES}
    for file, text in pinned.items():
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
