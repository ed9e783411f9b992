"""Those who are measured, in the order of the table's columns."""

from .contestant import Contestant
from .eleventy import eleventy
from .hugo import hugo
from .ours import ours
from .stock_pelican import stock_pelican

__all__ = ["ALL", "ours"]

ALL: dict[str, Contestant] = {"ours": ours, "hugo": hugo, "pelican": stock_pelican, "eleventy": eleventy}
