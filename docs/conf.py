"""Settings of the documentation; `make docs` builds it with warnings as errors."""

import sys
from pathlib import Path

import skeeg

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "skeeg"
author = "The skeeg developers"
copyright = author
version = release = skeeg.__version__

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "myst_parser",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_gallery.gen_gallery",
    "api_pages",
    "unreleased_changes",
    "upstream_links",
]
templates_path = ["_templates"]
exclude_patterns = ["_build", "changes"]
default_role = "literal"
nitpicky = True
toc_object_entries_show_parents = "hide"

numpydoc_class_members_toctree = False
# What torch's modules inherit is torch's to document.
numpydoc_show_inherited_class_members = {
    f"skeeg.nn.{name}": False
    for name in skeeg.nn.__all__
    if hasattr(getattr(skeeg.nn, name), "forward")
}

sphinx_gallery_conf = {
    "examples_dirs": "../examples",
    "gallery_dirs": "auto_examples",
    "within_subsection_order": "FileNameSortKey",
    "backreferences_dir": "auto_examples/backreferences",
    "doc_module": ("skeeg",),
    "reference_url": {"skeeg": None},
    "download_all_examples": False,
    "ignore_repr_types": r"matplotlib|skeeg\.plotting",
    "remove_config_comments": True,
    "write_computation_times": False,
}

copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

html_theme = "pydata_sphinx_theme"
html_title = "skeeg"
html_static_path = ["_static"]
html_css_files = ["skeeg.css"]
html_copy_source = False
html_show_sourcelink = False
# Pages with nothing below them need no navigation on the left.
LEAVES = ("index", "install", "whats_new", "contributing", "references")
html_sidebars = {page: [] for page in LEAVES}
html_theme_options = {
    "logo": {"text": "skeeg"},
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "show_toc_level": 2,
    "header_links_before_dropdown": 4,
}
