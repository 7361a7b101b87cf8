"""Whether a training that is killed at random, each time in another process, ends as if it had not.

    python benchmarks/resume.py --cuts 5

A sampler is fitted once without a break. Then it is fitted in new processes, each of which ends
itself without ceremony at a random iteration, until a last one gets to the end. Printed: the
iterations at which they began and were cut, and whether the parameters of the generator and the
samples are the same bits.
"""

import argparse
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

CHILD = """
import os, pickle, sys
from pathlib import Path
from skeeg.datasets import make_seizures
from skeeg.over_sampling import R3GANSampler, _game

folder, cut = Path(sys.argv[1]), int(sys.argv[2])
count = _game._ProgressBar.__call__

def count_and_die(bar, record):
    if not hasattr(bar, "begun"):
        bar.begun = print(record.iteration, flush=True)
    if record.iteration == cut:
        os._exit(1)
    count(bar, record)

_game._ProgressBar.__call__ = count_and_die
data = make_seizures(random_state=0)
checkpoint = None if cut < 0 else folder / "checkpoint"
sampler = R3GANSampler(max_iter=300, width=8, checkpoint=checkpoint, random_state=0)
sampler.fit(data.data, data.target)
[game] = sampler._synthesizer_.source.games
outcome = {**game.state, "samples": sampler.sample(50, random_state=0)}
(folder / "outcome").write_bytes(pickle.dumps(outcome))
"""


def run(folder, cut):
    """Fit in a new process; return its first iteration, and what it came to unless it was cut."""
    command = [sys.executable, "-c", CHILD, str(folder), str(cut)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    begun = done.stdout.strip() or "none"
    if done.returncode:
        return begun, None
    return begun, pickle.loads((folder / "outcome").read_bytes())


def main():
    """Print what became of each process, and whether the end is the same."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cuts", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    cuts = np.sort(np.random.default_rng(args.seed).choice(np.arange(1, 300), args.cuts, False))
    with tempfile.TemporaryDirectory() as folder:
        _, expected = run(Path(folder), -1)
        for cut in cuts:
            begun, _ = run(Path(folder), cut)
            print(f"began at iteration {begun}, cut at {cut}", flush=True)
        begun, found = run(Path(folder), 0)
        print(f"began at iteration {begun}, came to the end")
    same = [np.array_equal(value, found[name]) for name, value in expected.items()]
    print(f"{sum(same)} of {len(same)} arrays are the same, bit for bit")


if __name__ == "__main__":
    main()
