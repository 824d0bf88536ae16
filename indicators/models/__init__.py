from .indicator import Indicator, Nature

__all__ = ["Indicator", "Nature"]
