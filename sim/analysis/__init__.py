"""From outcomes to understanding: effects, money, people, words, pictures and the report, all from a
`Comparison`."""

from sim.analysis.comparison import ArmInfo, Assumption, ClaimResult, Comparison, Setting
from sim.analysis.report import compare_report, report_files

__all__ = ["ArmInfo", "Assumption", "ClaimResult", "Comparison", "Setting", "compare_report", "report_files"]
