"""What images say that EEG2Image draws from signals of people it has never seen.

    python benchmarks/images.py digits --seeds 3
    python benchmarks/images.py ablation --seeds 3
    SKEEG_DATA=... python benchmarks/images.py fmri --seeds 3
    python benchmarks/images.py large
    python benchmarks/images.py large --accelerator cuda --precision bf16-mixed

`digits` trains EEG2Image, at its defaults, on 9 of the 12 subjects of `make_eeg_images` (ten
digits, 16 by 16 pixels, 0 dB) and draws for the other 3, whose pictures are not in the training
either. `ablation` trains ImageGAN on 10 pictures of each digit that the 9 have seen, 8 by 8 pixels,
from features of a linear discriminant analysis, with mode seeking and augmentation on or off and
two losses; the judge knows all pictures of the 9. `fmri` draws sixes and nines, 28 by 28 pixels,
from the responses of `load_fmri_digits69`, in 5 folds of 100, after 200 iterations each. `large`
times the training on random RGB images of 128 by 128 pixels. Printed:

signals       what a linear classifier of the encoder's features knows of the class of an unseen
              signal: images cannot show more
real          share of unseen real images whose class the judge, who knows the training ones, tells
predicted     share of unseen signals whose predicted image the judge takes for their class
sampled       the same for images with random values, one per signal
diversity     distance to the nearest other sampled image of the class, as a fraction of that of
              real ones (median)
novelty       distance to the nearest training image of the class, sampled as a fraction of unseen
              real ones (lower 5 %): 0 for copies, 1 for images as new as unseen real ones
fit (s)       seconds of the training, the encoder's included

Chance is 0.10 for ten digits, 0.50 for two. Every figure is of one seed; below them the mean over
seeds. Seeds from 10 on have served to choose the defaults.
"""

import argparse
import os
import time
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.neighbors import NearestNeighbors
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from skeeg.datasets import load_fmri_digits69, make_eeg_images
from skeeg.nn import HingeLoss
from skeeg.preprocessing import FlattenChannels
from skeeg.reconstruction import EEG2Image, ImageGAN

COPIES = 0.05
N_TRAINING = 9  # subjects of 12
MODE_SEEKING, OF_HINGE = 0.1, {"loss": HingeLoss(), "learning_rate": 1e-3}
FMRI = Path("fmri_digits69", "digit69_28x28.mat")


def flatten(images):
    """Pixels of each image in a row, from 0 to 1."""
    return images.reshape(len(images), -1) / 255


def nearest(rows, others):
    """Distance of each row to the nearest of the others, not counting itself."""
    distances = NearestNeighbors(n_neighbors=2).fit(others).kneighbors(rows)[0]
    return distances[:, 1] if rows is others else distances[:, 0]


def vary(train, other, drawn):
    """Return diversity and novelty of drawn images of a class."""
    train, other, drawn = map(flatten, (train, other, drawn))
    diversity = np.median(nearest(drawn, drawn)) / np.median(nearest(other, other))
    novelty = [np.quantile(nearest(rows, train), COPIES) for rows in (drawn, other)]
    return diversity, novelty[0] / novelty[1]


def judge_all(model, data, train, test):
    """Return all figures of a fitted model but its seconds."""
    signals, images, y = data.data[test], data.images[test], data.target[test]
    features = [model.encoder_.transform(data.data[rows]) for rows in (train, test)]
    linear = LogisticRegression(max_iter=1000).fit(features[0], data.target[train])
    sampled = model.sample(signals, random_state=0)[:, 0]
    of_class = [
        vary(data.images[train & (data.target == label)], images[y == label], sampled[y == label])
        for label in np.unique(y)
    ]
    diversity, novelty = np.mean(of_class, axis=0)
    judge = model.judge_
    return {
        "signals": linear.score(features[1], y),
        "real": judge.score(flatten(images), y),
        "predicted": model.score(signals, images, y),
        "sampled": judge.score(flatten(sampled), y),
        "diversity": diversity,
        "novelty": novelty,
    }


def train_and_judge(model, data, train, test, known=None):
    """Fit on some rows and return all figures of others; the judge may know more rows."""
    began = time.perf_counter()
    of_train = data.data[train], data.images[train], data.target[train]
    model.fit(*of_train, groups=data.groups[train])
    seconds = time.perf_counter() - began
    if known is not None:
        model.judge_.fit(flatten(data.images[known]), data.target[known])
    return {**judge_all(model, data, train, test), "fit (s)": seconds}


def run_digits(seeds, **_):
    """Yield figures of EEG2Image at its defaults."""
    for seed in seeds:
        data = make_eeg_images(random_state=seed)
        test = data.groups >= N_TRAINING
        figures = train_and_judge(EEG2Image(random_state=seed), data, ~test, test)
        yield {"data": "make_eeg_images", "seed": seed, **figures}


def take_first(labels, n_samples):
    """Return the first so many rows of each class."""
    rows = [np.flatnonzero(labels == label)[:n_samples] for label in np.unique(labels)]
    return np.isin(np.arange(len(labels)), np.concatenate(rows))


def run_ablation(seeds, **_):
    """Yield figures of ImageGAN with and without what is to help it."""
    settings = list(product([{}, OF_HINGE], [0, MODE_SEEKING], [0, "adaptive"]))
    for seed in seeds:
        data = make_eeg_images(image_size=8, random_state=seed)
        test = data.groups >= N_TRAINING
        encoder = make_pipeline(
            FlattenChannels(), StandardScaler(), PCA(60), LinearDiscriminantAnalysis()
        )
        encoder.fit(data.data[~test], data.target[~test])
        data.data = encoder.transform(data.data)
        train = take_first(np.where(test, -1, data.target), 10) & ~test
        for loss, mode_seeking, augmentation in settings:
            gan = ImageGAN(mode_seeking=mode_seeking, augmentation=augmentation, **loss)
            model = EEG2Image(encoder=FunctionTransformer(), generator=gan, random_state=seed)
            key = {
                "loss": "hinge" if loss else "relativistic",
                "mode seeking": mode_seeking,
                "augmentation": augmentation,
                "seed": seed,
            }
            yield {**key, **train_and_judge(model, data, train, test, known=~test)}


def run_fmri(seeds, **_):
    """Yield figures of images of held-out responses, the mean over folds."""
    data = load_fmri_digits69(Path(os.environ["SKEEG_DATA"]) / FMRI)
    for seed in seeds:
        folds = []
        for rows, _ in StratifiedKFold(5, shuffle=True, random_state=seed).split(
            data.data, data.target
        ):
            train = np.isin(np.arange(len(data.data)), rows)
            encoder = make_pipeline(StandardScaler(), PCA(30), LinearDiscriminantAnalysis())
            model = EEG2Image(
                encoder=encoder,
                generator=ImageGAN(pairing="one-to-one", max_iter=200),
                random_state=seed,
            )
            folds.append(train_and_judge(model, data, train, ~train))
        yield {"data": "fmri_digits69", "seed": seed, **pd.DataFrame(folds).mean()}


def run_large(max_iter, accelerator, precision, **_):
    """Yield how long steps and draws take at 128 by 128 pixels in colour."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (256, 128, 128, 3)).astype(np.uint8)
    features, y = rng.standard_normal((256, 8)), np.arange(256) % 10
    gan = ImageGAN(max_iter=max_iter, accelerator=accelerator, precision=precision, random_state=0)
    gan.fit(features, images, y)
    seconds = np.diff(gan.history_["seconds"])
    began = time.perf_counter()
    gan.sample(features[:64], random_state=0)
    drawing = (time.perf_counter() - began) / 64
    yield {
        "device": accelerator,
        "precision": precision,
        "s per step": np.median(seconds),
        "images per s": gan.batch_size / np.median(seconds),
        "s per image drawn": drawing,
    }


def describe(row):
    """Return names and values in a line."""
    values = {name: f"{v:.3g}" if isinstance(v, float) else v for name, v in row.items()}
    return "  ".join(f"{name} {value}" for name, value in values.items())


PARTS = {"digits": run_digits, "ablation": run_ablation, "fmri": run_fmri, "large": run_large}


def main():
    """Print the figures of a part as they come, then their means."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("part", choices=PARTS, nargs="?", default="digits")
    parser.add_argument("--seeds", type=int, default=3, help="as many, from 0 on")
    parser.add_argument("--max-iter", type=int, default=10, help="steps that `large` times")
    parser.add_argument("--accelerator", default="cpu", help="for `large`")
    parser.add_argument("--precision", default="32-true", help="for `large`")
    options = vars(parser.parse_args())
    options["seeds"] = range(options["seeds"])
    rows = []
    for row in PARTS[options.pop("part")](**options):
        rows.append(row)
        print(describe(row), flush=True)
    table = pd.DataFrame(rows)
    if "seed" in table:
        keys = list(table.columns[: table.columns.get_loc("seed")])
        print(table.drop(columns="seed").groupby(keys, sort=False).mean().round(3).to_string())


if __name__ == "__main__":
    main()
