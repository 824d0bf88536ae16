from .dropped_file import DroppedFile

__all__ = ["DroppedFile"]
