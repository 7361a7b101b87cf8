"""Link names of other packages to their documentation, without fetching any inventory."""

from pydoc import locate

from docutils.nodes import reference

PAGES = {
    "imblearn": "https://imbalanced-learn.org/stable/references/generated/{}.html",
    "mne": "https://mne.tools/stable/generated/{}.html",
    "numpy": "https://numpy.org/doc/stable/reference/generated/{}.html",
    "pandas": "https://pandas.pydata.org/docs/reference/api/{}.html",
    "scipy": "https://docs.scipy.org/doc/scipy/reference/generated/{}.html",
    "sklearn": "https://scikit-learn.org/stable/modules/generated/{}.html",
}
# What the methods inherited from scikit-learn refer to.
SKLEARN = "https://scikit-learn.org/stable/"
SKLEARN_LABELS = {
    "accuracy_score": f"{SKLEARN}modules/model_evaluation.html#accuracy-score",
    "df_output_transform": f"{SKLEARN}modules/df_output_transform.html",
    "metadata_routing": f"{SKLEARN}metadata_routing.html",
    "sphx_glr_auto_examples_miscellaneous_plot_set_output.py": (
        f"{SKLEARN}auto_examples/miscellaneous/plot_set_output.html"
    ),
}
SKLEARN_TERM = SKLEARN + "glossary.html#term-{}"


def upstream_address(kind, target):
    """Address of the page of another package, "" for a name without one, None if unknown."""
    if kind == "term":
        return SKLEARN_TERM.format(target)
    if kind == "ref":
        return SKLEARN_LABELS.get(target)
    package = target.partition(".")[0]
    known = package != "skeeg" and locate(target) is not None
    return PAGES.get(package, "").format(target) if known else None


def link_upstream(app, env, node, contnode):
    """Resolve what skeeg does not document; a name that cannot be imported stays an error."""
    address = upstream_address(node["reftype"], node["reftarget"])
    if address:
        return reference("", "", contnode, refuri=address, internal=False)
    return None if address is None else contnode


def setup(app):
    """Answer after Sphinx's own look-up has failed."""
    app.connect("missing-reference", link_upstream)
    return {"parallel_read_safe": True}
