"""Pages that commands write, and what has to be there before any work."""

from skeeg._commands._error import CommandError
from skeeg._commands._writing import check_matplotlib, check_output, whole_file


def check_page(option, path, samples, *, force):
    """Raise if a page is asked for that could not be written in the end."""
    if path is None:
        return
    check_output(option, path, (".html", ".htm"), force=force)
    check_matplotlib("the page")
    check_rate(samples, option)


def check_rate(samples, what):
    """Raise if the sampling rate, which spectra need, is unknown."""
    if samples.sampling_rate is None:
        raise CommandError(
            f"{what} compares spectra and needs --sampling-rate, the time points per second; "
            f"{samples.origin} does not tell it"
        )


def write_page(path, page):
    """Write a page whole or not at all."""
    with whole_file(path) as file:
        file.write(page.encode())
