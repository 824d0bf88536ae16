from django.db import models


class Nature(models.TextChoices):
    """The column of the voted plan in which an indicator stands."""

    QUANTITATIVE = "quantitative", "quantitatif"
    QUALITATIVE = "qualitative", "qualitatif"


class Kind(models.TextChoices):
    """What is entered for an indicator, and how its values add up."""

    COUNT = "count", "nombre"
    AMOUNT = "amount", "montant"
    SHARE = "share", "part (un nombre sur un autre)"
    DURATION = "duration", "durée"
    DELIVERABLE = "deliverable", "réalisation (faite ou non, avec sa date)"
    SCALE = "scale", "note sur une échelle"
    FINDING = "finding", "constat en une phrase"

    @property
    def nature(self) -> Nature:
        return Nature.QUALITATIVE if self in QUALITATIVE else Nature.QUANTITATIVE

    @property
    def has_number(self) -> bool:
        """Whether its value is a number that a target can be compared with."""
        return self not in (Kind.DELIVERABLE, Kind.FINDING)


QUALITATIVE = (Kind.SCALE, Kind.FINDING)


class Direction(models.TextChoices):
    UP = "up", "plus c’est haut, mieux c’est"
    DOWN = "down", "plus c’est bas, mieux c’est"
    BETWEEN = "between", "à garder entre deux bornes"


class Gathering(models.TextChoices):
    """How the values of several contributors make one."""

    SUM = "sum", "additionner"
    WEIGHTED = "weighted", "moyenne pondérée par l’effectif"
    MEAN = "mean", "moyenne simple"
    MAX = "max", "garder la plus grande"
    LAST = "last", "garder la dernière reçue"
    NONE = "none", "ne pas réunir"


class Accrual(models.TextChoices):
    """How the values of several periods make one."""

    ADDED = "added", "elles s’ajoutent"
    RUNNING = "running", "chacune comprend déjà les précédentes"
    STANDING = "standing", "chacune dit l’état à sa date"
    AVERAGED = "averaged", "on en fait la moyenne"


#: What is assumed of a kind as long as nobody has said otherwise.
GATHERING_OF = {
    Kind.COUNT: Gathering.SUM,
    Kind.AMOUNT: Gathering.SUM,
    Kind.SHARE: Gathering.SUM,
    Kind.DURATION: Gathering.MEAN,
    Kind.DELIVERABLE: Gathering.SUM,
    Kind.SCALE: Gathering.WEIGHTED,
    Kind.FINDING: Gathering.NONE,
}
ACCRUAL_OF = {
    Kind.COUNT: Accrual.ADDED,
    Kind.AMOUNT: Accrual.ADDED,
    Kind.SHARE: Accrual.ADDED,
    Kind.DURATION: Accrual.AVERAGED,
    Kind.DELIVERABLE: Accrual.STANDING,
    Kind.SCALE: Accrual.AVERAGED,
    Kind.FINDING: Accrual.STANDING,
}
