"""How far the clusters of features are the classes."""

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans
from sklearn.metrics import confusion_matrix
from sklearn.utils import check_X_y
from sklearn.utils._param_validation import validate_params
from sklearn.utils.multiclass import check_classification_targets


@validate_params(
    {
        "X": ["array-like"],
        "y": ["array-like"],
        "random_state": ["random_state"],
    },
    prefer_skip_nested_validation=True,
)
def kmeans_accuracy(X, y, *, random_state=None):
    """Cluster features without their classes and measure how far clusters and classes agree.

    k-means looks for as many clusters as there are classes. Each cluster is taken for one class, by
    the assignment that makes most rows right (the Hungarian method [1]_), and the score is the
    share of these rows. Encoders of EEG are compared by it [2]_: it asks of features that classes
    not only be separable but lie apart.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        Features, of rows that the encoder has not seen.

    y : array-like of shape (n_samples,)
        Class of each row, at least two.

    random_state : int, RandomState instance or None, default=None
        Where k-means starts. Of ten starts the tightest clusters count.

    Returns
    -------
    accuracy : float
        From a little above one over the number of classes, which clusters without meaning reach, to
        1 (best).

    Raises
    ------
    ValueError
        If there is one class, or if features are not finite.

    See Also
    --------
    skeeg.feature_extraction.TripletEncoder : Learns features whose clusters are classes.
    sklearn.metrics.adjusted_rand_score : Agreement of clusters and classes, corrected for chance.

    Notes
    -----
    As the assignment is the best one, the score of clusters without meaning is above one over the
    number of classes, the more the fewer rows there are: compare with that of shuffled classes.

    References
    ----------
    .. [1] H. W. Kuhn, "The Hungarian method for the assignment problem", Naval Research Logistics
       Quarterly 2, 83-97, 1955. https://doi.org/10.1002/nav.3800020109

    .. [2] P. Singh, P. Pandey, K. Miyapuram and S. Raman, "EEG2IMAGE: image reconstruction from EEG
       brain signals", ICASSP, 2023. https://arxiv.org/abs/2302.10121

    Examples
    --------
    >>> import numpy as np
    >>> from skeeg.metrics import kmeans_accuracy
    >>> X = [[0.0, 0.1], [0.1, 0.0], [5.0, 5.1], [5.1, 5.0]]
    >>> kmeans_accuracy(X, ["a", "a", "b", "b"], random_state=0)
    1.0
    >>> kmeans_accuracy(X, ["a", "b", "b", "b"], random_state=0)
    0.75
    """
    X, y = check_X_y(X, y, dtype=[np.float64, np.float32])
    check_classification_targets(y)
    classes, codes = np.unique(y, return_inverse=True)
    if len(classes) < 2:
        raise ValueError(f"y has 1 class, {classes.tolist()[0]!r}; kmeans_accuracy needs two.")
    clusters = KMeans(len(classes), n_init=10, random_state=random_state).fit_predict(X)
    agreement = confusion_matrix(codes, clusters)
    best = linear_sum_assignment(agreement, maximize=True)
    return float(agreement[best].sum() / len(y))
