"""
From EEG to the picture that was seen
=====================================

People look at pictures of digits while their EEG is recorded. You will see features in which digits
are clusters, and images that a GAN draws from the EEG of people it has never met: which digit they
show, how they vary, and whether they are copies. Then, what such images do not tell.
"""

# %%
# Signals and pictures
# --------------------
#
# The EEG is simulated, the pictures are real: handwritten digits. A digit evokes waves of its own,
# as strong as the EEG that goes on anyway (0 dB). Which picture of the digit it was has no
# influence: signals and pictures are paired by their class. Three subjects out of twelve are kept
# for the end, and so are their pictures.

import numpy as np

from skeeg.datasets import make_eeg_images

pairs = make_eeg_images(random_state=0)
unseen = pairs.groups >= 9
X, images, y = pairs.data[unseen], pairs.images[unseen], pairs.target[unseen]
print(pairs.data.shape, pairs.images.shape, "unseen:", len(X))

# %%
# Train
# -----
#
# An encoder turns signals into features, a GAN turns features into images. Both train for less
# than by default here, that the page may be built in a minute.

from skeeg.feature_extraction import TripletEncoder
from skeeg.reconstruction import EEG2Image, ImageGAN

model = EEG2Image(
    encoder=TripletEncoder(max_iter=20), generator=ImageGAN(max_iter=200), random_state=0
)
model.fit(
    pairs.data[~unseen],
    pairs.images[~unseen],
    pairs.target[~unseen],
    groups=pairs.groups[~unseen],
)

# %%
# What the features know
# ----------------------
#
# Everything that the images will show has to be in the features of the unseen signals. t-SNE lays
# them out in the plane; their colours are the digits that were seen.

import matplotlib.pyplot as plt
from sklearn.manifold import TSNE

features = model.encoder_.transform(X)
places = TSNE(random_state=0).fit_transform(features)
figure, ax = plt.subplots(figsize=(6, 4.5), layout="constrained")
ax.scatter(*places.T, c=y, cmap="tab10", s=12)
for digit in np.unique(y):
    middle = np.median(places[y == digit], axis=0)
    ax.annotate(digit, middle, (0, 12), textcoords="offset points", weight="bold", size=14)
ax.set(xticks=[], yticks=[], title="Signals of three unseen subjects, as the encoder sees them")

# %%
# Look
# ----
#
# On the left pictures of the training, in the middle what the GAN draws from signals of the unseen
# subjects, on the right the training picture nearest to each drawn one. A GAN that copied would
# show the same twice.

from skeeg.plotting import ImageGridDisplay

drawn = model.sample(X, random_state=0)[:, 0]
known = pairs.images[~unseen], pairs.target[~unseen]
ImageGridDisplay.from_images(*known, drawn, y, random_state=0)
plt.show()

# %%
# Do drawn images lie among real ones that the GAN has not seen? Twenty principal components of real
# pictures are what they are compared by. Half of the nearest neighbours would be of the same kind
# if nothing told drawn from real.

from sklearn.decomposition import PCA

from skeeg.plotting import EmbeddingDisplay


def flatten(rows):
    """Pixels of each image in a row, from 0 to 1."""
    return rows.reshape(len(rows), -1) / 255


components = PCA(20, random_state=0).fit(flatten(pairs.images[~unseen]))
three = np.isin(y, [0, 3, 8])
of_real, of_drawn = (components.transform(flatten(rows[three])) for rows in (images, drawn))
EmbeddingDisplay.from_features(
    of_real, y[three], of_drawn, y[three], display_labels=["0", "3", "8"], random_state=0
)
plt.show()

# %%
# After this short training it is about eight out of ten: drawn images keep to the middle of their
# class, real ones reach further out.
#
# Count
# -----
#
# A classifier of real pictures says which digit an image shows. `predict` draws the most typical
# image of a signal, `sample` one at random. Beside both stands what a plain classifier of the
# features makes of the signals: images cannot show more than that. Chance is 0.10.

import pandas as pd
from sklearn.linear_model import LogisticRegression


def judge(rows):
    """Share of images that show the digit that was seen."""
    return np.mean(model.judge_.predict(flatten(rows)) == y)


plain = LogisticRegression(max_iter=1000)
plain.fit(model.encoder_.transform(pairs.data[~unseen]), pairs.target[~unseen])
recognised = {
    "digit known from the features": plain.score(features, y),
    "digit seen in real pictures": judge(images),
    "digit seen in predicted images": model.score(X, images, y),
    "digit seen in sampled images": judge(drawn),
}
pd.Series(recognised, name="share of unseen signals").round(2).to_frame()

# %%
# What this does not say
# ----------------------
#
# Nobody's mind has been read. The signals know the digit, and the GAN has learned what digits look
# like from other pictures; the slant and the stroke of a drawn image are those of the random
# values, not of the picture that was seen:

signal = np.flatnonzero(y == 4)[:3]
figure, axes = plt.subplots(3, 7, figsize=(7, 3.4), layout="constrained")
for row, i in zip(axes, signal, strict=True):
    several = model.sample(X[i : i + 1], n_per_signal=6, random_state=0)[0]
    for panel, image in zip(row, [images[i], *several], strict=True):
        panel.imshow(image, cmap="gray", vmin=0, vmax=255)
        panel.set(xticks=[], yticks=[])
figure.suptitle("A picture that was seen, and six images drawn from the signal")
plt.show()

# %%
# Digits came in random order here. Had all fours been recorded in one block, whatever drifts
# between blocks would have told the digits apart, and images as good as these would have come of
# signals that know nothing of pictures; see :ref:`reconstruction`.
