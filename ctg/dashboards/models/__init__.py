from .public_page import PublicPage
from .read_link import ReadLink

__all__ = ["PublicPage", "ReadLink"]
