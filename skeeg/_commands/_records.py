"""Tables as other programs read them."""


def to_records(table):
    """Return a dict for each row, of what JSON knows; what is missing is None."""
    return table.astype(object).where(table.notna(), None).to_dict("records")
