"""What values make together, said slowly: one plain rule after the other, in fractions.

Written from the rules, and without the code that it judges: it shares nothing with it but the words of the
entries.
"""

from fractions import Fraction

NOTHING = object()


def counts(entry, kind):
    if entry.state not in ("submitted", "validated"):
        return False
    if entry.absence != "":
        return False
    return kind == "finding" or entry.amount is not None


def said(entry):
    """The reason given for having no value, once it is sent."""
    return entry.absence if entry.state in ("submitted", "validated") else ""


def of_each(kind, accrual, entries, periods):
    """For each organisation with values, those that count, oldest first: all, or its latest alone."""
    found = {}
    for period in periods:
        for entry in entries:
            if entry.period_key == period and counts(entry, kind):
                found.setdefault(entry.organisation_id, []).append(entry)
    if kind == "deliverable" or accrual == "running" or accrual == "standing":
        return {organisation: [values[-1]] for organisation, values in found.items()}
    return found


def lacking(kind, accrual, entries, asked, periods):
    """Which (organisation, period) has no value and should; with the reason given, or ""."""
    found = {}
    for organisation in {organisation for organisation, _ in asked}:
        wanted = []
        for period in periods:
            mine = [e for e in entries if (e.organisation_id, e.period_key) == (organisation, period)]
            is_concerned = not any(said(e) == "not_concerned" for e in mine)
            if (organisation, period) in asked and is_concerned:
                wanted.append(period)
        if kind == "deliverable" or accrual in ("running", "standing"):
            # Only the last one matters, and a later value answers for it.
            for period in wanted[-1:]:
                later = periods[periods.index(period) :]
                mine = [e for e in entries if e.organisation_id == organisation and e.period_key in later]
                if not any(counts(e, kind) for e in mine):
                    found[organisation, period] = "".join(said(e) for e in mine if e.period_key == period)
        else:
            for period in wanted:
                mine = [e for e in entries if (e.organisation_id, e.period_key) == (organisation, period)]
                if not any(counts(e, kind) for e in mine):
                    found[organisation, period] = "".join(said(e) for e in mine)
    return found


def mean(numbers):
    return sum(numbers, Fraction(0)) / len(numbers)


def one_number(kind, accrual, values):
    """What one organisation's values of several periods make."""
    numbers = [Fraction(entry.amount) for entry in values]
    if accrual != "averaged" and kind != "scale":
        return sum(numbers)
    if any(entry.base is None for entry in values) or not sum(entry.base for entry in values):
        return mean(numbers)
    # A mean of so many people: as if each of them had answered.
    people = sum(Fraction(entry.base) for entry in values)
    return sum(Fraction(entry.amount) * Fraction(entry.base) / people for entry in values)


def value(kind, gathering, accrual, entries, asked, periods):
    """The figure, or NOTHING."""
    held = of_each(kind, accrual, entries, periods)
    if kind == "finding" or gathering == "none" or not held:
        return NOTHING
    if kind == "deliverable":
        concerned = set(held) | {who for who, _ in lacking(kind, accrual, entries, asked, periods)}
        done = {who for who in held if held[who][-1].amount}
        return Fraction(int(done == concerned))
    if gathering == "last":
        latest = max(
            (periods.index(v[-1].period_key), v[-1].received_at.timestamp(), who) for who, v in held.items()
        )
        held = {latest[2]: held[latest[2]]}
    everything = [entry for values in held.values() for entry in values]
    if kind == "share":
        if any(entry.base is None for entry in everything) or not sum(entry.base for entry in everything):
            return NOTHING
        # One divides once, at the end.
        part, whole = (
            sum(Fraction(e.amount) for e in everything),
            sum(Fraction(e.base) for e in everything),
        )
        return part / whole * 100
    numbers = {who: one_number(kind, accrual, values) for who, values in held.items()}
    if gathering == "weighted" or (gathering == "sum" and kind == "scale"):
        if any(entry.base is None for entry in everything):
            return NOTHING
        people = {who: sum(Fraction(entry.base) for entry in held[who]) for who in held}
        if not sum(people.values()):
            return NOTHING
        return sum(numbers[who] * people[who] for who in held) / sum(people.values())
    if gathering == "mean":
        return mean(list(numbers.values()))
    if gathering == "max":
        return sorted(numbers.values())[-1]
    if gathering == "last":
        return next(iter(numbers.values()))
    return sum(numbers.values())
