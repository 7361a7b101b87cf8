"""The report: one page that holds everything, says what was found, and trusts no name."""

import os
import re
import sys
from html.parser import HTMLParser
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from markupsafe import escape

from skeeg.model_selection import Evidence, SamplerComparison
from skeeg.model_selection._about import About
from tests.browser import CHROMIUM, open_browser

HOSTILE = "<script>alert('x')</script> $\\frac{1}{2}$ \"--> &amp;"
VOID = {"meta", "link", "br", "path", "use", "rect", "img"}


class Outline(HTMLParser):
    """Tags in their order, those that are open, and what stands in attributes."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self._open = [], [], []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append(dict(attrs))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append(dict(attrs))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self._open.pop() == tag

    def of(self, *tags):
        pairs = zip(self.tags, self.attributes, strict=True)
        return [attributes for tag, attributes in pairs if tag in tags]


@pytest.fixture(scope="module")
def rng():
    return np.random.default_rng(0)


@pytest.fixture(scope="module")
def about():
    checks = [("groups", "fine", "24 groups."), ("twins", "mind", "2 rows within one group.")]
    return About(
        classes=pd.DataFrame({"rows": [40, 8], "groups": [20, 4]}, index=["calm", HOSTILE]),
        checks=pd.DataFrame(checks, columns=["check", "state", "finding"]),
        settings={"signals": "48 rows of 90 values", "estimator": "SVC(C=2)"},
    )


@pytest.fixture(scope="module")
def comparison(rng, about):
    effects = {"none": 0, "class weights": 0.01, "SMOTE": 0.02, "mine": 0.1, HOSTILE: -0.1}
    folds = pd.DataFrame({"repeat": np.repeat([0, 1], 5), "fold": np.tile(np.arange(5), 2)})
    tables = [
        folds.assign(sampler=name, score=0.7 + effect + rng.normal(0, 0.01, size=10))
        for name, effect in {**effects, "broken": np.nan}.items()
    ]
    table = pd.concat(tables, ignore_index=True).assign(
        n_train=80, n_test=20, n_synthetic=40, seconds=0.25, error=""
    )
    table.loc[table["sampler"] == "broken", "error"] = "ValueError: <b>no</b>"
    return SamplerComparison(table, metric="balanced accuracy", about=about)


@pytest.fixture(scope="module")
def evidence(rng, about):
    rows = [
        (name, label, metric, value, 0.52, 0.03, "lower")
        for name, value in (("mine", 0.55), (HOSTILE, 0.9))
        for label in ("calm", HOSTILE)
        for metric in ("two_sample_auc", "membership_auc")
    ]
    columns = ["sampler", "class", "metric", "synthetic", "floor", "floor_sd", "better"]
    table = pd.DataFrame(rows, columns=columns).set_index(columns[:3])
    of_fidelity = table.index.get_level_values("metric") == "two_sample_auc"
    y = np.repeat(np.array(["calm", HOSTILE]), 12)

    def draw(groups):
        return SimpleNamespace(X=rng.normal(size=(24, 1, 90)), y=y, groups=groups)

    costs = pd.DataFrame(
        {"n_synthetic": 24, "n_copies": 0, "seconds": [0.5, np.nan], "error": ["", "Oops: <i>"]},
        index=pd.Index(["mine", HOSTILE], name="sampler"),
    )
    return Evidence(
        costs=costs,
        fidelity=table[of_fidelity],
        privacy=table[~of_fidelity],
        notes=pd.DataFrame(
            [("mine", HOSTILE, "privacy is not measured: 1 group.")],
            columns=["sampler", "class", "note"],
        ),
        real=draw(np.repeat(np.arange(8), 3)),
        synthetic={"mine": draw(None), HOSTILE: draw(None)},
        sampling_rate=90.0,
        band=(1, 40),
        about=about,
    )


@pytest.fixture(scope="module")
def page(comparison, evidence):
    return comparison.to_html(evidence=evidence)


def words_of(page):
    return re.sub(r"<[^>]*>", " ", re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))


def test_nothing_is_fetched_and_nothing_runs(page):
    outline = Outline(page)
    assert not {"script", "img", "iframe", "object", "b", "i"} & set(outline.tags)
    for attributes in outline.attributes:
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "href", "xlink:href"):
            assert attributes.get(name, "#").startswith(("#", "data:"))
    assert not re.findall(r"url\((?!#)|@import|@font-face", page)


def test_names_of_the_user_are_shown_and_never_markup(page):
    assert "<script" not in page
    assert page.count("&lt;script&gt;") > 10
    assert "&lt;b&gt;no&lt;/b&gt;" in page
    assert "Oops: &lt;i&gt;" in page


def test_ids_are_unique_and_all_links_lead_somewhere(page):
    outline = Outline(page)
    ids = [attributes["id"] for attributes in outline.attributes if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [
        a[n][1:]
        for a in outline.attributes
        for n in ("href", "xlink:href")
        if a.get(n, "").startswith("#")
    ]
    assert set(targets) <= set(ids)
    assert set(re.findall(r"url\(#([^)]*)\)", page)) <= set(ids)


def test_drawings_have_words_and_tables_have_headings(page):
    outline = Outline(page)
    drawings = [a for a in outline.of("div") if a.get("role") == "img"]
    assert len(drawings) == len(outline.of("svg")) == 7
    assert all(attributes["aria-label"] for attributes in drawings)
    assert all(attributes["aria-label"] for attributes in outline.of("table"))
    assert {attributes["scope"] for attributes in outline.of("th")} == {"col", "row"}
    assert len(outline.of("h1")) == 1


def test_parts_stand_in_the_order_in_which_one_asks(page):
    headings = re.findall(r"<h2>(.*?)</h2>", page)
    assert headings == [
        "Verdict",
        "What the rows are like",
        "Data",
        "Leakage check",
        "Does it help?",
        "Fidelity",
        "Privacy",
        "Samples to look at",
        "Costs",
        "How it was done",
    ]


def test_verdicts_and_figures_are_those_of_the_tables(page, comparison, evidence):
    words = words_of(page)
    assert "Use mine: better than no augmentation" in words
    for reason in comparison.verdict()["reason"]:
        assert str(escape(reason)) in page
    row = comparison.summary().loc["mine"]
    assert f"{row['gain']:+.3f}" in words
    assert f"{row['score']:.3f}" in words
    assert "0.9 ▲" in words
    assert "0.55 ✓" in words
    assert "privacy is not measured: 1 group." in words
    assert "SVC(C=2)" in words


def test_faults_stand_at_the_top(comparison):
    checks = comparison.about.checks.assign(state=["fine", "fault"])
    about = comparison.about._replace(checks=checks)
    head = SamplerComparison(comparison.table, about=about).to_html().split("</header>")[0]
    assert "Do not believe this page yet." in head
    assert "2 rows within one group." in head


def test_without_settings_it_says_so(comparison):
    page = SamplerComparison(comparison.table).to_html()
    assert page.count("were not noted down") == 3


def test_evidence_alone_has_a_page_of_its_own(evidence):
    page = evidence.to_html()
    assert "<title>What are the synthetic rows like?</title>" in page
    assert "Does it help?" not in page
    assert "Nothing was found against the rows of mine." in words_of(page)
    assert f"{escape(HOSTILE)!s} could not be measured." in page


def test_lines_of_many_channels_are_drawn_as_pixels(evidence, rng):
    y = evidence.real.y
    many = SimpleNamespace(X=rng.normal(size=(24, 16, 400)), y=y, groups=evidence.real.groups)
    tables = vars(evidence) | {"real": many, "synthetic": {"mine": many}}
    few, many = evidence.to_html(), Evidence(**tables).to_html()
    assert "data:image/png" not in few
    assert "data:image/png" in many
    assert len(many) < 1e6


def test_the_same_tables_give_the_same_page(page, comparison, evidence):
    pages = [page, comparison.to_html(evidence=evidence)]
    assert len({re.sub(r"\d\d:\d\d UTC", "", page) for page in pages}) == 1


def test_drawings_have_no_colour_of_their_own(page):
    svg = "".join(re.findall(r"<svg.*?</svg>", page, re.DOTALL))
    assert set(re.findall(r": (#[0-9a-f]{6})", svg)) <= {"#cccccc"}


def test_a_file_is_written_whole_or_not_at_all(comparison, tmp_path, monkeypatch):
    path = tmp_path / "report.html"
    page = comparison.to_html(path)
    assert path.read_text(encoding="utf-8") == page
    assert path.stat().st_mode & 0o777 == 0o666 & ~_umask()

    def fail(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(KeyboardInterrupt):
        comparison.to_html(path)
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
    with pytest.raises(FileNotFoundError):
        comparison.to_html(tmp_path / "missing" / "report.html")


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_missing_matplotlib_is_named(comparison, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match="matplotlib"):
        comparison.to_html()


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
def test_readers_see_no_error_no_request_and_no_sideways_scrolling(page, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(page, encoding="utf-8")
    with open_browser(tmp_path / "profile") as tab:
        backgrounds = {}
        for width in (390, 1280):
            for scheme in ("light", "dark"):
                tab.open(path, width=width, scheme=scheme)
                tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                assert tab.evaluate("window.innerWidth") == width
                assert tab.evaluate("document.documentElement.scrollWidth") <= width
                assert tab.requests == []
                assert tab.complaints == []
                backgrounds[scheme] = tab.evaluate(
                    "[getComputedStyle(document.body).backgroundColor,"
                    " getComputedStyle(document.querySelector('svg text')).fill]"
                )
        tab.open(path, width=794, scheme="dark")
        dark = {"name": "prefers-color-scheme", "value": "dark"}
        tab.call("Emulation.setEmulatedMedia", media="print", features=[dark])
        printed = tab.evaluate("getComputedStyle(document.body).backgroundColor")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 794
    assert printed == backgrounds["light"][0] != backgrounds["dark"][0]
    for paper, text in backgrounds.values():
        assert contrast(paper, text) > 7


def contrast(*colours):
    """Contrast of two colours as WCAG defines it."""
    luminances = sorted(luminance(colour) for colour in colours)
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)


def luminance(colour):
    channels = np.array(re.findall(r"\d+", colour)[:3], dtype=float) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def theme(scheme):
    """Return the colours of the page by name."""
    from skeeg.plotting import _report_blocks

    folder = os.path.join(os.path.dirname(_report_blocks.__file__), "templates")
    with open(os.path.join(folder, "report.css")) as file:
        light, dark = file.read().split("@media screen", 1)
    source = light if scheme == "light" else dark
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", source))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_contrast_enough(scheme):
    colours = theme(scheme)
    for paper in ("paper", "raised"):
        for text in ("ink", "muted", "good", "same", "bad", "open", "link"):
            pair = [
                ", ".join(str(int(colours[n][i : i + 2], 16)) for i in (1, 3, 5))
                for n in (paper, text)
            ]
            assert contrast(*pair) >= 4.5, (paper, text)
    for line in ("real", "synthetic"):
        pair = [
            ", ".join(str(int(colours[n][i : i + 2], 16)) for i in (1, 3, 5))
            for n in ("paper", line)
        ]
        assert contrast(*pair) >= 3
