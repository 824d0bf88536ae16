from .breakdown import Category, Dimension
from .campaign import Campaign, Stage
from .common import CommonIndicator
from .evidence import Evidence
from .frequency import Frequency
from .indicator import Indicator
from .kind import Accrual, Direction, Gathering, Kind, Nature
from .measurement import Absence, Channel, Measurement, Portion, State
from .solicitation import EntryLink, Question, Solicitation
from .target import Target

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
