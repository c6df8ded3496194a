"""Amounts in cents, so that nothing is ever rounded twice."""

CURRENCY = "EUR"


def formatted(cents):
    return f"{cents // 100}.{cents % 100:02d} {CURRENCY}"
