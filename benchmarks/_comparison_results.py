"""What the fits of the comparison say: tables for the guide and the README, and figures."""

from pathlib import Path

import numpy as np
import pandas as pd

from skeeg.model_selection import SamplerComparison

ROOT = Path(__file__).parents[1]
NAMES = {
    "bonn_five": "Bonn, five classes",
    "bonn_rare": "Bonn, 20 seizures",
    "osdb": "movements",
    "eegmat": "arithmetic",
    "simulated": "simulated",
}
SIGNIFICANT = 0.05
README = """\
Twelve samplers on five tasks, {n_splits} splits of whole recordings, events or subjects each,
with a support vector machine or a random forest on features (`make bench NAME=comparison`, some
hours). The first line is the balanced accuracy without augmentation, the others are the gain over
it with its 95 % interval, corrected for training sets that overlap; bold where p < 0.05:
"""
BEGIN, END = "<!-- comparison: begin -->\n", "<!-- comparison: end -->\n"


def is_gan(name):
    """Say whether a sampler is a network; all others are cheap."""
    return "GAN" in name


def read_comparisons(path):
    """Return a comparison for each task and classifier."""
    table = pd.read_csv(path, keep_default_na=False, na_values={"score": "", "seconds": ""})
    table["n_synthetic"] = pd.to_numeric(table["n_synthetic"])
    table["sampler"] = table["sampler"].str.replace(r"SMOTE x\d+", "SMOTE, multiplied", regex=True)
    # the classifier that came second met rows that were there already; some splits had to wait
    longest = table.groupby(["task", "repeat", "sampler"])["seconds"].transform("max")
    table["seconds"] = longest.groupby([table["task"], table["sampler"]]).transform("median")
    return {
        key: SamplerComparison(part.assign(fold=0), metric="balanced accuracy")
        for key, part in table.groupby(["task", "classifier"], sort=False)
    }


def describe(mean, low, high, p):
    """Write a difference with half the width of its interval; bold where it is no chance."""
    width = (high - low) / 2
    text = f"{mean:+.3f}" if np.isnan(width) else f"{mean:+.3f} ± {width:.3f}"
    return f"**{text}**" if p < SIGNIFICANT else text


def describe_gain(row):
    """Write the gain of a row of a summary; the score, where there is nothing to gain on."""
    if np.isnan(row["gain"]):
        return f"{row['score']:.3f}"
    return describe(row["gain"], row["gain_low"], row["gain_high"], row["gain_p"])


def tabulate_gains(comparisons, classifier):
    """Return gains, sampler by sampler and task by task."""
    columns = {
        NAMES[task]: comparison.summary().apply(describe_gain, axis=1)
        for (task, name), comparison in comparisons.items()
        if name == classifier
    }
    found = dict.fromkeys(name for column in columns.values() for name in column.index)
    order = sorted(found, key=lambda name: (name.endswith("Sampler"), is_gan(name)))
    return pd.DataFrame(columns).loc[order].fillna("").rename_axis("").reset_index()


def compare_gans(comparison):
    """Return the summary of the GANs over the best cheap sampler, in the place of none."""
    gains = comparison.gains.mean()
    best = gains[[name for name in gains.index if not is_gan(name)]].idxmax()
    names = comparison.table["sampler"]
    table = comparison.table[names.map(is_gan) | (names == best)]
    renamed = table.assign(sampler=table["sampler"].replace(best, "none"))
    return best, SamplerComparison(renamed).summary().drop(index="none")


def judge(comparison):
    """Say what the best cheap sampler gains, and how the GANs compare with it."""
    best, leads = compare_gans(comparison)
    summary, sure = comparison.summary(), leads["gain_p"] < SIGNIFICANT
    first = leads.loc[leads["gain"].idxmax()]
    return {
        "splits": len(comparison.gains),
        "none": f"{summary.loc['none', 'score']:.3f}",
        "best cheap": best,
        "its gain": describe_gain(summary.loc[best]),
        "best GAN": first.name,
        "its lead": describe_gain(first),
        "GANs behind": f"{(leads['gain'] < 0).sum()} of {len(leads)}",
        "surely behind": str((sure & (leads["gain"] < 0)).sum()),
        "surely ahead": str((sure & (leads["gain"] > 0)).sum()),
    }


def tabulate_leads(comparisons):
    """Return a row for each task and classifier."""
    rows = {(NAMES[task], name): judge(found) for (task, name), found in comparisons.items()}
    return pd.DataFrame(rows).T.rename_axis(["task", "classifier"]).reset_index()


def tabulate_seconds(comparisons):
    """Return the median seconds of a fit of a GAN and the strong classifier."""
    columns = {
        NAMES[task]: comparison.summary()["seconds"]
        for (task, name), comparison in comparisons.items()
        if name == "strong"
    }
    table = pd.DataFrame(columns)
    gans = table[table.index.map(is_gan)].round(0).astype(int)
    return gans.rename_axis("").reset_index()


def title(name, comparison):
    """State what is to be seen; there are too many samplers to name all that gain."""
    found = {key: str(value).strip("*") for key, value in judge(comparison).items()}
    return (
        f"{name}: {found['none']} without augmentation\n"
        f"Best cheap sampler: {found['best cheap']}, {found['its gain']}\n"
        f"Best GAN: {found['best GAN']}, {found['its lead']} beyond that"
    )


def draw(comparisons, task):
    """Return a figure of the gains in a task, for both classifiers."""
    import matplotlib.pyplot as plt

    found = {name: comparison for (of, name), comparison in comparisons.items() if of == task}
    size = 9, 7 * len(found)
    figure, axes = plt.subplots(len(found), figsize=size, squeeze=False, layout="constrained")
    for ax, (name, comparison) in zip(axes[:, 0], found.items(), strict=True):
        comparison.plot(ax=ax)
        ax.set_title(title(f"{NAMES[task]}, {name} classifier", comparison), loc="left")
    return figure


def write_figures(comparisons, folder):
    """Write a figure for each task."""
    import matplotlib as mpl

    with mpl.rc_context({"svg.hashsalt": "skeeg", "svg.fonttype": "none"}):
        for task in dict.fromkeys(task for task, _ in comparisons):
            figure = draw(comparisons, task)
            figure.savefig(folder / f"comparison_{task}.svg", metadata={"Date": None})


def describe_status(comparisons):
    """Say how many splits there are of each task."""
    counts = {NAMES[task]: len(found.gains) for (task, _), found in comparisons.items()}
    tasks = "; ".join(f"{name}: {count}" for name, count in counts.items())
    single = "A gain without an interval is that of one split, and shows nothing."
    return f"Splits in these tables and figures: {tasks}." + (f" {single}" * (1 in counts.values()))


def list_figures(comparisons):
    """Write what shows the figures in the guide."""
    tasks = dict.fromkeys(task for task, _ in comparisons)
    return "\n".join(
        f".. image:: /_static/comparison_{task}.svg\n"
        f"   :alt: Gains of all samplers in the task {NAMES[task]}\n"
        for task in tasks
    )


def write_readme(table, n_splits, path):
    """Put the table of gains between the marks in the README."""
    rows = [list(table.columns), ["---"] * table.shape[1], *table.to_numpy().tolist()]
    lines = "".join(f"| {' | '.join(row)} |\n" for row in rows).replace("|  |", "| |")
    text = path.read_text()
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    intro = README.format(n_splits=n_splits)
    path.write_text(f"{before}{BEGIN}\n{intro}\n{lines}\n{END}{after}")


def show(path, *, readme):
    """Print all tables; write them for the guide and perhaps the README, and the figures."""
    comparisons = read_comparisons(path)
    tables = {
        "gains_strong": tabulate_gains(comparisons, "strong"),
        "gains_linear": tabulate_gains(comparisons, "linear"),
        "leads": tabulate_leads(comparisons),
        "seconds": tabulate_seconds(comparisons),
    }
    for name, table in tables.items():
        print(f"\n{name}\n{table.to_string(index=False)}")
        table.to_csv(path.parent / f"comparison_{name}.csv", index=False)
    pages = {"status": describe_status(comparisons), "figures": list_figures(comparisons)}
    for name, text in pages.items():
        (path.parent / f"comparison_{name}.rst").write_text(f"{text}\n")
    write_figures(comparisons, ROOT / "docs" / "_static")
    if readme:
        n_splits = min(len(found.gains) for found in comparisons.values())
        write_readme(tables["gains_strong"], n_splits, ROOT / "README.md")
