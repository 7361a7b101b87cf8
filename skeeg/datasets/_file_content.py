"""What lies in the place of a data file when a download or a clone went wrong."""

PAGE = "an HTML page, as a failed download or a login leaves behind, and not the data"
SUBSTITUTES = {
    b"version https://git-lfs": "a pointer of Git LFS and not the data; get them by `git lfs pull`",
    b"/annex/objects": "a pointer of git-annex and not the data; get them by `git annex get`",
    b"<!doctype html": PAGE,
    b"<html": PAGE,
}


def refuse_substitutes(raw, path):
    """Raise if the first bytes of a file are those of a page or of a pointer to the data."""
    beginning = raw[:256].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, meaning in SUBSTITUTES.items():
        if beginning.startswith(mark):
            raise ValueError(f"{path} is {meaning}.")
