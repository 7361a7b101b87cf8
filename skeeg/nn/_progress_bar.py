"""Show how far a training is."""

from tqdm.auto import tqdm


class ProgressBar:
    """Count iterations and show both losses; drawn at the first, in whatever process that is.

    Parameters
    ----------
    **settings
        Passed to `tqdm`.
    """

    def __init__(self, **settings):
        self.settings, self.bar = settings, None

    def __call__(self, record):
        if self.bar is None:
            self.bar = tqdm(**self.settings)
        self.bar.set_postfix(
            discriminator=f"{record.discriminator_loss:.3f}",
            generator=f"{record.generator_loss:.3f}",
            refresh=False,
        )
        self.bar.update()

    def close(self):
        """Leave the bar as it stands."""
        if self.bar is not None:
            self.bar.close()
