"""What synthetic rows are like, and what they betray."""

import pandas as pd

from skeeg.model_selection._evidence_rules import judge_evidence
from skeeg.model_selection._judged_rows import empty_table
from skeeg.model_selection._report_tables import tabulate_evidence


class Evidence:
    """Fidelity, privacy and costs of synthetic rows, beside what real rows would have.

    :func:`sampler_evidence` and :func:`synthetic_evidence` make it. "Samplers" are the names of
    what the rows come from.

    Parameters
    ----------
    costs : DataFrame of shape (n_samplers, 4)
        Indexed by sampler: `n_synthetic` (rows made), `seconds`, `n_copies` (rows that are those
        of the training, bit for bit), and `error` (what went wrong, or "").

    fidelity : DataFrame of shape (n_figures, 4)
        Indexed by sampler, class and metric: what :func:`skeeg.metrics.fidelity_report` returns.

    privacy : DataFrame of shape (n_figures, 4)
        Indexed by sampler, class and metric: what :func:`skeeg.metrics.privacy_report` returns.

    notes : DataFrame of shape (n_notes, 3)
        What could not be measured, and why: `sampler`, `class` (or "") and `note`.

    real : Data
        Real rows to look at: `X` of shape (n_samples, n_channels, n_times), `y` and `groups`.

    synthetic : dict of str to Data
        Synthetic rows to look at, by sampler.

    sampling_rate : float
        Time points per second, in Hz.

    band : tuple of (float, float), default=(1, 60)
        Lowest and highest frequency that is shown, in Hz.

    about : About, default=None
        Classes, checks and settings, for the report.

    See Also
    --------
    sampler_evidence : Makes it for samplers.
    synthetic_evidence : Makes it for rows that are there.
    SamplerComparison : What rows are worth to a classifier; evidence does not tell.

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.model_selection import synthetic_evidence
    >>> train, holdout, other = (make_seizures(random_state=seed) for seed in (0, 1, 2))
    >>> evidence = synthetic_evidence(
    ...     train.data, train.target, other.data, other.target, groups=train.groups,
    ...     X_holdout=holdout.data, y_holdout=holdout.target, groups_holdout=holdout.groups + 1000,
    ...     sampling_rate=train.sampling_rate, n_repeats=2, random_state=0,
    ... )
    >>> evidence
    <Evidence on synthetic rows>
    >>> evidence.costs[["n_synthetic", "n_copies"]]
                    n_synthetic  n_copies
    sampler
    synthetic rows          480         0
    """

    def __init__(
        self,
        *,
        costs,
        fidelity,
        privacy,
        notes,
        real,
        synthetic,
        sampling_rate,
        band=(1, 60),
        about=None,
    ):
        self.costs = costs
        self.fidelity = fidelity
        self.privacy = privacy
        self.notes = notes
        self.real = real
        self.synthetic = synthetic
        self.sampling_rate = sampling_rate
        self.band = band
        self.about = about

    def __repr__(self):
        return f"<Evidence on {', '.join(self.costs.index)}>"

    def verdict(self):
        """Say in plain words what the rows of each sampler are, by rules that are fixed beforehand.

        The rules are tried in this order, and the first that holds decides. A figure is above its
        floor if it exceeds it, and 0.5, by more than 0.05 and by two of the standard deviations
        of the floor, all of them means over classes.

        1. "copies": a row is a training row, bit for bit.
        2. "betrays the training": `closest_record_share`, `membership_auc` or
           `group_membership_auc` is above its floor.
        3. "not measured": the sampler has failed, or no class has enough rows and groups.
        4. "not like real rows": `two_sample_auc` is above its floor, or
           `train_synthetic_test_real` as much below.
        5. "nothing found": none of these. That they help a classifier is not shown, nor that no
           attack succeeds.

        Returns
        -------
        verdicts : DataFrame of shape (n_samplers, 2)
            Indexed by sampler: the `verdict`, and the `reason`, sentences with the figures.
        """
        return judge_evidence(self.costs, self.fidelity, self.privacy)

    def to_html(self, path=None):
        """Write a page that shows all of it, in one file that needs no network.

        Parameters
        ----------
        path : str or path, default=None
            File to write, whole or not at all. None writes none.

        Returns
        -------
        page : str
            The page.

        Raises
        ------
        FileNotFoundError
            If the folder of `path` does not exist.

        ImportError
            If matplotlib is missing: it comes with ``pip install 'skeeg[plot]'``.
        """
        from skeeg.plotting._report import write_report

        return write_report(path, evidence=tabulate_evidence(self))


def gather(findings, costs, **others):
    """Put the findings on several samplers together.

    Parameters
    ----------
    findings : dict of str to Findings
        By sampler.

    costs : dict of str to dict
        A row of `costs` for each sampler, also for those that failed.

    **others
        What else :class:`Evidence` takes.
    """
    notes = [(name, *note) for name, found in findings.items() for note in found.notes]
    return Evidence(
        costs=pd.DataFrame(costs.values(), index=pd.Index(costs, name="sampler", dtype=object)),
        fidelity=_stack({name: found.fidelity for name, found in findings.items()}),
        privacy=_stack({name: found.privacy for name, found in findings.items()}),
        notes=pd.DataFrame(notes, columns=["sampler", "class", "note"]),
        **others,
    )


def _stack(tables):
    """Stack tables that are not empty, with the name of each as the first level of the index."""
    levels = ["sampler", "class", "metric"]
    tables = {name: table for name, table in tables.items() if len(table)}
    return pd.concat(tables, names=levels) if tables else empty_table(*levels)
