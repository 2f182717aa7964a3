"""Signed distances of the shapes, in units of their radius (negative inside; after Inigo Quilez's 2-D distance functions)."""

import numpy as np


def circle(x, y):
    return np.hypot(x, y) - 0.97


def ring(x, y):
    return np.abs(np.hypot(x, y) - 0.72) - 0.26


def square(x, y):
    return _length_outside(np.abs(x) - 0.72, np.abs(y) - 0.72) - 0.08


def triangle(x, y):
    """Equilateral, point up (y grows downwards)."""
    y = y - 0.12
    sides = [0.0, 2 * np.pi / 3, -2 * np.pi / 3]
    return np.maximum.reduce([x * np.sin(a) + y * np.cos(a) for a in sides]) - 0.58


def star(x, y):
    """Five points: fold the plane into one of ten wedges, then the distance to one edge."""
    angle = np.arctan2(x, -y)
    wedge = np.pi / 5
    folded = np.abs((angle + wedge) % (2 * wedge) - wedge)
    length = np.hypot(x, y)
    px, py = length * np.sin(folded), length * np.cos(folded)
    tip, notch = np.array([0.0, 1.08]), 0.5 * np.array([np.sin(wedge), np.cos(wedge)])
    edge = (notch - tip) / np.hypot(*(notch - tip))
    return (px - tip[0]) * -edge[1] + (py - tip[1]) * edge[0]


def heart(x, y):
    x, y = np.abs(x) / 1.62, (0.92 - y) / 1.62
    lobe = np.hypot(x - 0.25, y - 0.75) - 0.25 * np.sqrt(2)
    half = 0.5 * np.maximum(x + y, 0)
    tip = np.minimum(np.hypot(x, y - 1), np.hypot(x - half, y - half)) * np.sign(x - y)
    return np.where(x + y > 1, lobe, tip) * 1.62


def _length_outside(x, y):
    return np.hypot(np.maximum(x, 0), np.maximum(y, 0)) + np.minimum(np.maximum(x, y), 0)


DISTANCES = {"circle": circle, "square": square, "triangle": triangle, "star": star, "heart": heart, "ring": ring}
