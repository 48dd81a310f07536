"""The doctor: what is odd in a table, each finding with its evidence, its rows and its mends."""

from workbench.data.doctor.examination import examine, find

__all__ = ["examine", "find"]
