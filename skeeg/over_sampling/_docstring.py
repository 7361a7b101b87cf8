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

    max_time : float, default=None
        Seconds after which the training ends, if it has not before. It is paced by the time then,
        and no longer the same at each call.

    batch_size : int, default=64
        Number of real signals in each step, the same of every class.

    learning_rate : float, default=None
        Learning rate of Adam at the start; it falls to a tenth. None is that of the loss.

    validation_fraction : float, default=None
        Share of the signals to keep out of the training, in whole groups where groups are given.
        Every 25 iterations the spectra and amplitudes of synthetic signals are compared with
        theirs, and the generator that came closest is kept. None trains on all signals and keeps
        the last generator.

    n_iter_no_change : int, default=None
        Iterations without an improvement by `tol` after which the training ends; needs
        `validation_fraction`.

    tol : float, default=0.05
        What counts as an improvement, in dB: the distance of the spectra plus that of the
        amplitudes.

    warm_start : bool, default=False
        Whether the next fit starts with the networks of this one, on signals of the same size and
        the same classes. They are kept for it, some five times as many numbers as without.

    checkpoint : str or path, default=None
        Folder to keep a training in, every 50 iterations. One that is cut off, repeated with the
        same data, parameters and int `random_state`, goes on there, to the same result. Each
        training has its own file, so that the folds of a cross-validation can share a folder;
        delete it when all is done.

    accelerator : {"cpu", "cuda", "gpu", "mps", "auto"}, default="cpu"
        Device to train on. "auto" takes a GPU where there is one. Signals are drawn on the CPU,
        the same ones on every machine.

    devices : int, list of int or "auto", default=1
        Number of devices to train on, or which. Each computes its share of every batch; two
        processes on CPUs give the same result as one.

    precision : {"32-true", "bf16-mixed"}, default="32-true"
        Numbers that the networks are trained with. "bf16-mixed" is quicker where the hardware has
        16-bit floats.

    strategy : {"auto", "ddp", "ddp_spawn", "ddp_notebook"}, default="auto"
        Where the processes for several devices come from, in the words of Lightning Fabric.
        "auto" spawns them for the fit, unless torchrun or a cluster has started them.

    num_nodes : int, default=1
        Number of machines to train on, for programs that torchrun or a cluster has started.

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
        For each iteration both losses, the learning rate, the penalty of the loss if it has one,
        the distance from held-out signals in dB where it was measured, and the seconds since the
        start; with `conditional=False` also the class as `label`.

    n_iter_ : int
        Number of steps of the generator.

    n_channels_ : int
        Number of channels.

    n_features_in_ : int
        Number of values in a sample, `n_channels_ * n_times`.

    feature_names_in_ : ndarray of shape (`n_features_in_`,)
        Names of the columns of X, only defined if these are all strings.
""".strip()

VARIATION_PARAMETERS = """
    sampling_strategy : float, str, dict or callable, default='auto'
        How many synthetic signals to draw, as in :class:`imblearn.over_sampling.SMOTE`: "auto"
        fills every class up to the largest one and so adds nothing to balanced data, for which
        :class:`Multiply` and :class:`AtLeast` are made; a dict maps classes to the number of rows
        after resampling.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional X, which is channel-major. Where X has
        three dimensions, the number comes from X.

    random_state : int, RandomState instance or None, default=None
        Source of all that is random. With an int the result is the same, bit for bit, at each
        call and for any number of threads or processes.
""".strip()

VARIATION_ATTRIBUTES = """
    classes_ : ndarray of shape (n_classes,)
        The classes, sorted.

    sampling_strategy_ : dict
        Number of synthetic signals for each class that gets any.

    synthetic_mask_ : ndarray of bool of shape (n_samples_new,)
        Which rows of the resampled data are synthetic; only after `fit_resample`.

    groups_resampled_ : ndarray of shape (n_samples_new,)
        Groups of the resampled data; the synthetic rows form a group of their own. None without
        groups; only after `fit_resample`.

    n_channels_ : int
        Number of channels.

    n_features_in_ : int
        Number of values in a sample, `n_channels_ * n_times`.

    feature_names_in_ : ndarray of shape (`n_features_in_`,)
        Names of the columns of X, only defined if these are all strings.
""".strip()
