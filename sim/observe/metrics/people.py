"""Metrics of people: who works there, how they fare, what became of the hours that tools took over."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats
from sim.observe.metrics.base import (
    Lived,
    Month,
    Monthly,
    Overall,
    at_the_end,
    column,
    mean_of_last_year,
    over,
    sum_of_run,
)


def _live(month: Month, share: str = "") -> Floats:
    """Tools at work, each counted in full or by a share: a mean over firms and months is then a ratio of sums."""
    live = month.tools_at_work.astype(np.float64)
    return numerics.row_sum(live * month.own(share) if share else live)


def _wage(run: Lived) -> Floats:
    """What an hour cost, each month counted by the hours paid in it."""
    hours = run["hours_paid"][:, run.last]
    return over((run["wage_usd_hour"][:, run.last] * hours).sum(axis=1), hours.sum(axis=1))


def _per_tool(name: str, run: Lived) -> Floats:
    return over(run.year_sum(name), run.year_sum("tools_live"))


SCALARS = (
    Overall("quits", "people", "People who left by choice", "over the whole run", -1, of=sum_of_run("quits")),
    Overall("hires", "people", "People hired", "over the whole run", of=sum_of_run("hires")),
    Overall("laid_off", "people", "People laid off", "over the whole run", -1, of=sum_of_run("laid_off")),
    Overall("hours_trained", "hours", "Hours in training on tools", "over the whole run",
            of=sum_of_run("hours_trained")),
    Overall("hours_retrained", "hours", "Hours spent learning another job", "over the whole run",
            of=sum_of_run("hours_retrained")),
    Overall("morale", "index", "Wish of people to stay", "mean of the last year; 0 in a normal job", 1,
            of=mean_of_last_year("morale")),
    Overall("tool_usage", "share", "How far tools were used", "of the work they could do; last year; missing without",
            1, of=lambda run: _per_tool("tools_used", run)),
    Overall("tool_skill", "share", "How well people knew them", "1: mastered; last year; missing without tools", 1,
            of=lambda run: _per_tool("tools_mastered", run)),
    Overall("hours_automated_month", "hours/month", "Hours of work done by tools", "mean of the last year",
            of=mean_of_last_year("hours_automated")),
    Overall("hours_automated", "hours", "Hours of work tools took over", "over the whole run",
            of=sum_of_run("hours_automated")),
    Overall("hours_paid_month", "hours/month", "Hours paid", "mean of the last year",
            of=mean_of_last_year("hours_paid")),
    Overall("hours_idle_month", "hours/month", "Paid hours that no order needed", "mean of the last year", -1,
            of=mean_of_last_year("hours_idle")),
    Overall("wage_usd_hour", "USD/hour", "Wage of an hour", "on-costs included; last year; missing without employees",
            of=_wage),
    Overall("employees_end", "people", "People employed at the end", "headcount in the last month",
            of=at_the_end("employees")),
    Overall("wages_last_year_usd", "USD", "Wages of the last year", "all that people were paid",
            of=lambda run: -run.year_sum("flow_wages")),
)

SERIES = (
    Monthly("employees", "people", "People employed", "headcount", of=lambda month: month.staff[month.rows]),
    Monthly("quits", "people", "People who left by choice", "this month", -1, of=column("quits")),
    Monthly("hires", "people", "People hired", "this month", of=column("hires")),
    Monthly("laid_off", "people", "People laid off", "this month", -1, of=column("laid_off")),
    Monthly("hours_trained", "hours/month", "Hours in training on tools", "this month", of=column("hours_trained")),
    Monthly("hours_retrained", "hours/month", "Hours spent learning another job", "this month",
            of=column("hours_retrained")),
    Monthly("morale", "index", "Wish of people to stay", "mean of employees; 0 in a normal job", 1,
            of=lambda month: month.world.sum_by_firm(month.world.people.employer, month.world.people.morale)[month.rows]
            / np.maximum(month.staff[month.rows], 1)),
    Monthly("tools_live", "tools", "Tools at work", "in use or open to use", of=_live),
    Monthly("tools_used", "tools", "Tools in full use", "each at work counts by the part of its work it is used for",
            1, of=lambda month: _live(month, "tool_usage")),
    Monthly("tools_mastered", "tools", "Tools fully mastered", "each at work counts by its users' skill", 1,
            of=lambda month: _live(month, "tool_skill")),
    Monthly("hours_paid", "hours/month", "Hours paid", "employees' hours",
            of=lambda month: month.staff[month.rows] * month.params.sector.hours_person_month[month.w]),
    Monthly("wage_usd_hour", "USD/hour", "Wage of an hour", "on-costs included", of=column("wage_usd_hour")),
    Monthly("hours_automated", "hours/month", "Hours of work done by tools", "at the orders delivered",
            of=column("hours_automated")),
    Monthly("hours_idle", "hours/month", "Paid hours that no order needed", "of employees and owner", -1,
            of=column("hours_idle")),
)
