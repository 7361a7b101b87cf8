"""What the docstrings of all GAN samplers share, said once."""

PARAMETERS = """
    sampling_strategy : float, str, dict or callable, default='auto'
        How many synthetic signals to draw, as in :class:`imblearn.over_sampling.SMOTE`: "auto"
        fills every class up to the largest one and so adds nothing to balanced data; a dict maps
        classes to the number of rows after resampling.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional X, which is channel-major. Where X has
        three dimensions, the number comes from X.

    latent_dim : int, default=100
        Number of random values from which a signal is generated.

    width : int, default=32
        Number of channels of the finest layers; coarser layers have multiples of it.

    loss : loss of :mod:`skeeg.nn`, default=None
        What the two networks minimise. None is the best that was measured, see `default_loss`.

    conditional : bool, default=True
        Whether one network learns all classes, so that a rare class profits from the common ones.
        False trains a network for each class that needs signals.

    max_iter : int, default=500
        Number of steps of the generator. Many rows pay for more of them; few are soon learned by
        heart.

    batch_size : int, default=64
        Number of real signals in each step, the same of every class.

    learning_rate : float, default=None
        Learning rate of Adam at the start; it falls to a tenth. None is that of the loss.

    accelerator : {"cpu", "cuda", "gpu", "mps", "auto"}, default="cpu"
        Device to train and draw on. "auto" takes a GPU where there is one.

    random_state : int, RandomState instance or None, default=None
        Source of all that is random. With an int the result is the same, bit for bit, at each
        call and for any number of threads or processes.

    verbose : bool or int, default=False
        Whether to show a progress bar with both losses.
""".strip()

ATTRIBUTES = """
    classes_ : ndarray of shape (n_classes,)
        The classes, sorted.

    sampling_strategy_ : dict
        Number of synthetic signals for each class that gets any.

    synthetic_mask_ : ndarray of bool of shape (n_samples_new,)
        Which rows of the resampled data are synthetic; only after `fit_resample`.

    groups_resampled_ : ndarray of shape (n_samples_new,)
        Groups of the resampled data; the synthetic rows form a group of their own. None without
        groups; only after `fit_resample`.

    history_ : DataFrame
        Losses, learning rate and seconds since the start for each iteration, and with
        `conditional=False` the class as `label`.

    n_iter_ : int
        Number of steps of the generator.

    n_channels_ : int
        Number of channels.

    n_features_in_ : int
        Number of values in a sample, `n_channels_ * n_times`.

    feature_names_in_ : ndarray of shape (`n_features_in_`,)
        Names of the columns of X, only defined if these are all strings.
""".strip()
