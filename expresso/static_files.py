"""The static files with a hash of their content in each name, so that browsers keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    #: A JavaScript module imports others by name, so the names in the collected files get their hashes, too.
    support_js_module_import_aggregation = True
