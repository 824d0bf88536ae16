from django.db import models


class Status(models.TextChoices):
    PLANNED = "planned", "à venir"
    ONGOING = "ongoing", "en cours"
    DONE = "done", "réalisée"
    POSTPONED = "postponed", "reportée"
    SUSPENDED = "suspended", "suspendue"
    ABANDONED = "abandoned", "abandonnée"


#: The statuses that must say why.
NEEDS_REASON = frozenset({Status.POSTPONED, Status.SUSPENDED, Status.ABANDONED})

#: The statuses in which a range that has ended means lateness.
CAN_BE_LATE = frozenset({Status.PLANNED, Status.ONGOING, Status.POSTPONED})


class Confidence(models.TextChoices):
    """The météo: a judgement, apart from the status; blank is « sans avis »."""

    FINE = "fine", "sereine"
    WATCH = "watch", "à surveiller"
    HARD = "hard", "en difficulté"


#: The judgements that ask for a word of explanation.
NEEDS_A_WORD = frozenset({Confidence.WATCH, Confidence.HARD})
