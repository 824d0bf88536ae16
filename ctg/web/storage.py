import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

Found = dict[str, tuple[Storage, str]]

STYLESHEET = "css/app.css"
IMPORT_RULE = re.compile(r'^@import url\("([^"]+)"\) layer\(([\w.-]+)\);', re.MULTILINE)
RELATIVE_URL = re.compile(r"""(?<=url\()(["']?)(?![/#]|\w+:)([^"')]+)""")


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):
    """Compressed files with a hash in their name, and one stylesheet in place of its table of contents.

    `css/app.css` imports each component's file into a layer. A browser would learn of these only after
    reading it, and make one request for each; `collectstatic` writes them into it.
    """

    def post_process(
        self, paths: Found, dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, Any]]:
        if STYLESHEET in paths and not dry_run:
            whole = IMPORT_RULE.sub(lambda rule: _layer(rule[1], rule[2], paths), _read(STYLESHEET, paths))
            self.delete(STYLESHEET)
            self._save(STYLESHEET, ContentFile(whole.encode()))
            paths = paths | {STYLESHEET: (self, STYLESHEET)}
        yield from super().post_process(paths, dry_run, **options)


def _layer(path: str, layer: str, paths: Found) -> str:
    content = _read(posixpath.join(posixpath.dirname(STYLESHEET), path), paths)
    folder = posixpath.dirname(path)
    content = RELATIVE_URL.sub(
        lambda url: url[1] + posixpath.normpath(posixpath.join(folder, url[2])), content
    )
    return f"@layer {layer} {{\n{content}}}"


def _read(name: str, paths: Found) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())
