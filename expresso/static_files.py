"""The static files with a hash of their content in each name, so that browsers keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    #: A module imports others by name: in the collected files these names have their hashes too.
    support_js_module_import_aggregation = True
