"""Write the API reference from `skeeg.__all__` and the `__all__` of each folder."""

import shutil
from inspect import ismodule
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
{guide}
.. autosummary::
   :toctree: generated
   :nosignatures:

   {names}
"""


def public_names(module):
    """What `module` offers besides its folders."""
    names = getattr(module, "__all__", ())
    return [name for name in names if not ismodule(getattr(module, name))]


def public_modules():
    """`skeeg` and its folders, as far as they offer something."""
    folders = [getattr(skeeg, name) for name in skeeg.__all__]
    return [module for module in [skeeg, *filter(ismodule, folders)] if public_names(module)]


def fields(module, docs):
    """What the templates say about `module`."""
    guide = f"user_guide/{module.__name__.rpartition('.')[2]}"
    exists = (docs / f"{guide}.rst").exists()
    return {
        "module": module.__name__,
        "summary": module.__doc__.partition("\n")[0],
        "rule": "=" * len(module.__name__),
        "names": "\n   ".join(public_names(module)),
        "guide": f"\nExplained in the :doc:`user guide </{guide}>`.\n" if exists else "",
    }


def write_api_pages(app, config):
    """Write `api/` afresh, so that nothing of a removed name stays behind."""
    docs = Path(app.srcdir)
    shutil.rmtree(docs / "api", ignore_errors=True)
    (docs / "api").mkdir()
    modules = [fields(module, docs) for module in public_modules()]
    index = INDEX.format(pages="\n   ".join(module["module"] for module in modules))
    (docs / "api/index.rst").write_text(index + "".join(TABLE.format(**m) for m in modules))
    for module in modules:
        (docs / f"api/{module['module']}.rst").write_text(PAGE.format(**module))


def setup(app):
    """Run before Sphinx looks for source files: autosummary reads the pages it finds then."""
    app.connect("config-inited", write_api_pages)
    return {"parallel_read_safe": True}
