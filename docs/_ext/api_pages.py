"""Write the API reference from `skeeg.__all__` and the `__all__` of each folder."""

import shutil
from pathlib import Path

import skeeg

INDEX = """\
.. _api:

API reference
#############

.. toctree::
   :hidden:

   {pages}
"""
TABLE = """
{module}
{rule}

{summary}

.. currentmodule:: {module}

.. autosummary::
   :nosignatures:

   {names}
"""
PAGE = """\
{module}
{rule}

.. automodule:: {module}

Explained in the :doc:`user guide </user_guide/{guide}>`.

.. autosummary::
   :toctree: generated
   :nosignatures:

   {names}
"""


def public_folders():
    """Folders of skeeg that offer something."""
    folders = (getattr(skeeg, name) for name in skeeg.__all__)
    return [folder for folder in folders if getattr(folder, "__all__", None)]


def fields(folder):
    """What the templates say about `folder`; a folder without a user-guide page fails the build."""
    return {
        "module": folder.__name__,
        "rule": "=" * len(folder.__name__),
        "summary": folder.__doc__.partition("\n")[0],
        "guide": folder.__name__.removeprefix("skeeg."),
        "names": "\n   ".join(folder.__all__),
    }


def write_api_pages(app, config):
    """Write `api/` afresh, so that nothing of a removed name stays behind."""
    api = Path(app.srcdir) / "api"
    shutil.rmtree(api, ignore_errors=True)
    api.mkdir()
    folders = [fields(folder) for folder in public_folders()]
    index = INDEX.format(pages="\n   ".join(folder["module"] for folder in folders))
    (api / "index.rst").write_text(index + "".join(TABLE.format(**folder) for folder in folders))
    for folder in folders:
        (api / f"{folder['module']}.rst").write_text(PAGE.format(**folder))


def setup(app):
    """Run before Sphinx looks for source files: autosummary reads the pages it finds then."""
    app.connect("config-inited", write_api_pages)
    return {"parallel_read_safe": True}
