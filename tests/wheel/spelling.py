"""How a value of any reader is spelled in CSV."""


def spelled(value):
    """A value in the spelling of CSV: the same for every reader."""
    kind = type(value).__name__
    if value is None or kind in ("NAType", "NaTType"):
        return ""
    if isinstance(value, float) and value != value:
        return ""
    if kind in ("bool", "bool_"):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)) or kind in ("ndarray", "Series"):
        return "|".join(spelled(item) for item in value)
    if kind in ("Timestamp", "datetime"):
        # strftime would write the year 1 without its zeros.
        return value.isoformat()[:10]
    return str(value)
