from .renewal import Renewal, RenewalChoice, Verdict

__all__ = ["Renewal", "RenewalChoice", "Verdict"]
