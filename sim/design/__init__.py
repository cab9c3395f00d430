"""Designs: a question in a file, its factors and points, and the registered runs they come to."""

from sim.design.design import Design, load_design
from sim.design.points import Point

__all__ = ["Design", "Point", "load_design"]
