"""Numbers as people read them in Peru beside a decimal comma: «12 000», never «12,000» next to «1,7 MB»."""


def miles(n: int) -> str:
    """The thousands parted by a space at which no line breaks (SLUMP, Ley 23560: the SI's way of writing)."""
    return f"{n:,}".replace(",", "\N{NO-BREAK SPACE}")
