"""Kinds of platform that need rules of their own, as they name themselves (LTI Core 1.3 section 5.4.2)."""

CANVAS = "canvas"
MOODLE = "moodle"
