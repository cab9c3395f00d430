"""One plan, stress-tested: the sentence, cash, payback, what decides, regret, where it breaks, what to watch.

`sim.analysis.plan.workbook` stands apart because it alone needs openpyxl.
"""

from sim.analysis.plan.export import as_json, tables
from sim.analysis.plan.findings import NUMBERS
from sim.analysis.plan.page import plan_files
from sim.analysis.plan.study import READ, Goal, PlanStudy, Project, Unsure
from sim.analysis.plan.terminal import print_plan

__all__ = ["NUMBERS", "READ", "Goal", "PlanStudy", "Project", "Unsure", "as_json", "plan_files", "print_plan", "tables"]
