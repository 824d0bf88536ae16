from .breakdown import Category, Dimension
from .campaign import Campaign, EntryLink, Question, Solicitation, Stage
from .common import CommonIndicator
from .frequency import Frequency
from .indicator import Indicator, Target
from .kind import Accrual, Direction, Gathering, Kind, Nature
from .measurement import Absence, Channel, Evidence, Measurement, Portion, State

__all__ = [
    "Absence",
    "Accrual",
    "Campaign",
    "Category",
    "Channel",
    "CommonIndicator",
    "Dimension",
    "Direction",
    "EntryLink",
    "Evidence",
    "Frequency",
    "Gathering",
    "Indicator",
    "Kind",
    "Measurement",
    "Nature",
    "Portion",
    "Question",
    "Solicitation",
    "Stage",
    "State",
    "Target",
]
