"""Render the changelog fragments of the next release for the What's new page."""

import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-m", "towncrier", "build", "--draft", "--date", "unreleased"]


def write_unreleased_changes(app, config):
    """Write `_build/unreleased.rst`, which `whats_new.rst` includes."""
    docs = Path(app.srcdir)
    draft = subprocess.run(COMMAND, cwd=docs.parent, check=True, capture_output=True, text=True)
    (docs / "_build").mkdir(exist_ok=True)
    (docs / "_build/unreleased.rst").write_text(draft.stdout)


def setup(app):
    """Run before any page is read."""
    app.connect("config-inited", write_unreleased_changes)
    return {"parallel_read_safe": True}
