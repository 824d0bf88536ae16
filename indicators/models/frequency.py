from django.db import models


class Frequency(models.TextChoices):
    YEAR = "year", "chaque année"
    SEMESTER = "semester", "chaque semestre"
    QUARTER = "quarter", "chaque trimestre"
    MONTH = "month", "chaque mois"
    ONCE = "once", "une seule fois"
