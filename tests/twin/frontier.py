"""Versions of tools: today's, those that nobody supports any more, and what it takes to replace one by the other."""

from __future__ import annotations

import math

from sim.numerics import exp_
from sim.state import EXPANSION
from tests.twin.agents import Firm, Tool

EQUIPMENT = 1
NEVER = 1_000_000


def has_versions(firm: Firm, item: int) -> bool:
    """Whether it is a digital tool."""
    return item < EXPANSION and firm.model.params.catalogue.kind[item] != EQUIPMENT


def does_today(firm: Firm, item: int) -> float:
    """What today's version does, by the rating of month 0."""
    years = firm.model.month / 12.0
    return exp_(firm.model.params.frontier.quality_rise_year * years) if has_versions(firm, item) else 1.0


def costs_today(firm: Firm, item: int) -> float:
    """What it costs, by the prices of month 0."""
    years = firm.model.month / 12.0
    return exp_(-firm.model.params.frontier.price_fall_year * years) if has_versions(firm, item) else 1.0


def surcharge(firm: Firm, item: int) -> float:
    """What open interfaces add to the price of a first version and take off the price of a newer one."""
    p = firm.model.params.frontier
    if not has_versions(firm, item):
        return 1.0
    if at_work(firm, item) is not None:
        return p.renewal_monolith + firm.modular * (p.renewal_modular - p.renewal_monolith)
    instead = firm.modular if firm.taken_out == firm.model.month + 1 else 0.0
    first = 1.0 + p.modular_price * firm.modular
    return first * (1.0 - firm.model.params.reconfigure.reuse_price * instead)


def at_work(firm: Firm, item: int) -> Tool | None:
    """The firm's tool of this family, if it is live."""
    return next((tool for tool in firm.tools if tool is not None and tool.live and tool.item == item), None)


def unsupported(firm: Firm, tool: Tool) -> bool:
    """Whether nobody keeps a live tool of a small firm in step any more."""
    return tool.live and tool.support_end <= firm.model.month and not firm.large


def may_be_renewed(firm: Firm, item: int) -> bool:
    """Whether today's version may replace the one at work."""
    old = at_work(firm, item)
    if old is None or old.held_back > 0.0 or not has_versions(firm, item):
        return False
    successor = any(tool is not None and tool is not old and tool.item == item for tool in firm.tools)
    looked_over = firm.dynamic > 0.0 and does_today(firm, item) > old.strength
    return not successor and (unsupported(firm, old) or looked_over)


def more_done(firm: Firm, item: int) -> float:
    """What it would add: all that today's version does, or what it does beyond the old one in these hands."""
    old = at_work(firm, item)
    if old is None:
        return does_today(firm, item)
    return (does_today(firm, item) - old.strength) * (old.skill * old.usage)


def sign(firm: Firm, tool: Tool) -> Tool:
    """A tool as bought this month: its version, and until when that is supported."""
    tool.strength, tool.support_end = does_today(firm, tool.item), NEVER
    mean = firm.model.params.frontier.support_months
    if has_versions(firm, tool.item) and mean > 0.0:
        lasts = math.ceil(mean * (0.5 + firm.draw("support", tool.item + 1)))
        tool.support_end = firm.model.month + max(lasts, 1)
    return tool


def hand_over(firm: Firm) -> None:
    """A newer version that is live now takes the old one's place, and people's skill and habits with it."""
    for place, tool in enumerate(firm.tools):
        if tool is None or not tool.live or tool.months_live > 0:
            continue
        for old_place, old in enumerate(firm.tools):
            if old is None or old is tool or not old.live or old.item != tool.item:
                continue
            for person in firm.staff():
                for known in (person.tool_skill, person.tool_use):
                    known[place] = known[old_place]
            tool.usefulness = old.usefulness
            firm.model.note("renew", firm, item=old.item)
            firm.tools[old_place] = None


def lose_support(firm: Firm) -> None:
    """What nobody supports does a little less every month."""
    for tool in firm.tools:
        if tool is not None and unsupported(firm, tool):
            tool.strength *= 1.0 - firm.model.params.frontier.fading_month
            if tool.support_end == firm.model.month:
                firm.model.note("support_end", firm, item=tool.item)
