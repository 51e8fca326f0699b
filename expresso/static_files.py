"""Storage of static files. Each file name contains a hash of the content, so browsers can keep the file for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    #: Also put hashed names into the imports of JavaScript modules, because modules import each other by file name.
    support_js_module_import_aggregation = True
