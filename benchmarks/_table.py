"""A table of figures that outlives an interrupted run."""

import pandas as pd


class Table:
    """Rows of figures; with a path also kept in a file, which several processes may share.

    Parameters
    ----------
    path : Path or None
        A csv file, made with the first row.

    keys, figures : list of str
        Names of the columns that say what was measured, and of what was found.
    """

    def __init__(self, path, keys, figures):
        self.path, self.keys, self.columns = path, keys, [*keys, *figures]
        self.rows = []

    def add(self, key, measure):
        """Add the figures of a key: those in the file, or else what `measure(*key)` returns."""
        row = self._read().get(tuple(map(str, key)))
        if row is None:
            row = [*key, *measure(*key)]
            if self.path is not None:
                header = not self.path.exists()
                frame = pd.DataFrame([row], columns=self.columns)
                frame.to_csv(self.path, mode="a", header=header, index=False)
        self.rows.append(row)

    def _read(self):
        if self.path is None or not self.path.exists():
            return {}
        known = pd.read_csv(self.path)[self.columns].to_numpy(dtype=object)
        return {tuple(map(str, row[: len(self.keys)])): row.tolist() for row in known}

    def to_frame(self):
        """Return all rows added."""
        frame = pd.DataFrame(self.rows, columns=self.columns)
        return frame.astype(dict.fromkeys(self.keys, str))
