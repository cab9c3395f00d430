"""Owners who look over what is installed: what it costs, what they would do without, what they take out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.twin import frontier, scores, till
from tests.twin.agents import STAGES, Firm, Tool

if TYPE_CHECKING:
    from tests.twin.owners import Candidate, Picture


def sense(firm: Firm) -> None:
    """An eye on the tools, every month."""
    p = firm.model.params.reconfigure
    if firm.dynamic > 0.0:
        firm.owner_hours = max(firm.owner_hours - p.sensing_hours_month, 0.0)
        firm.book("assessment", -p.sensing_usd_month)


def looks_over(firm: Firm) -> bool:
    """Whether this is a month to look over what there is."""
    if firm.dynamic == 0.0 or firm.under_way() or not any(judged(firm, tool) for tool in firm.tools):
        return False
    return firm.draw("review") < firm.model.params.reconfigure.review_month


def judged(firm: Firm, tool: Tool | None) -> bool:
    """Whether a tool is digital, at work everywhere, and has been for long enough."""
    if tool is None or not tool.live or not frontier.has_versions(firm, tool.item) or tool.held_back > 0.0:
        return False
    return tool.months_live >= firm.model.params.reconfigure.settled_months


def look_over(firm: Firm, picture: Picture, blank: type[Candidate]) -> None:
    """Take out the tool without which the firm looks better off by the most, if that is beyond the hurdle."""
    p = firm.model.params
    firm.owner_hours = max(firm.owner_hours - p.reconfigure.seizing_hours, 0.0)
    gains = []
    for place, tool in enumerate(firm.tools):
        if judged(firm, tool):
            removal = without(firm, place, blank)
            gain = scores.on_the_map(picture, removal).gain_usd
            if gain > max(p.choosing.hurdle * removal.one_off_usd, 0.0):
                gains.append((gain, -place, removal))
    if gains:
        gain, place, removal = max(gains, key=lambda found: found[:2])
        if removal.one_off_usd <= firm.cash_cents / 100.0:
            take_out(firm, -place, removal, gain)


def without(firm: Firm, place: int, blank: type[Candidate]) -> Candidate:
    """Taking a tool out, as if it were something to buy: all that it does would be missing, its fees saved."""
    p, tool = firm.model.params, firm.tools[place]
    catalogue, used = p.catalogue, tool.usage * (tool.strength * p.catalogue.works[tool.item])
    at_work = tool.units * tool.skill * used
    price = catalogue.one_off_usd[tool.item] * till.units_needed(firm) * frontier.costs_today(firm, tool.item)
    removal = blank(place, tool.item, int(catalogue.main_stage[tool.item]),
                    price * (p.reconfigure.removal_price * (1.0 - firm.modular)), months=0.0)
    removal.running_usd_month, removal.under_rules = -tool.fee_usd_month, -1.0
    removal.takes_over = [-orders for orders in till.rated_orders(firm, tool.item, at_work)]
    here = removal.main_stage
    removal.adds_equipment[here] = -(catalogue.equipment_gain[tool.item] * used) / (1.0 + firm.equipment_bonus[here])
    second = firm.orders_segment[1] / max(firm.orders_new, 1)
    gained = catalogue.convenience[tool.item] + catalogue.convenience_second[tool.item] * second
    removal.brings_orders = -(gained * used * p.choosing.claimed_orders)
    removal.fee_share = -(catalogue.per_use_share[tool.item] * firm.automated_share[here])
    rated = at_work * (p.projects.people_per_unit * p.sector.orders_employee_month)
    seen = min(rated / max(firm.orders_expected, 1.0), 1.0)
    slips, errors = catalogue.slips_found[tool.item] * seen, catalogue.errors_found[tool.item] * seen
    removal.finds_slips = -slips / max(1.0 - slips, 1e-9)
    removal.finds_errors = -errors / max(1.0 - errors, 1e-9)
    return removal


def take_out(firm: Firm, place: int, removal: Candidate, gain: float) -> None:
    """Do without it from now on."""
    p = firm.model.params.reconfigure
    firm.model.note("take_out", firm, item=removal.item, price_usd=removal.one_off_usd, gain_usd=gain)
    firm.owner_hours = max(firm.owner_hours - p.removal_hours, 0.0)
    firm.book("tools_once", -removal.one_off_usd)
    firm.fund_usd = max(firm.fund_usd - removal.one_off_usd, 0.0)
    firm.tools[place] = None
    for s in STAGES:
        firm.tool_orders[s] = max(firm.tool_orders[s] + removal.takes_over[s], 0.0)
        lost = -removal.adds_equipment[s] * (1.0 + firm.equipment_bonus[s])
        firm.equipment_bonus[s] = max(firm.equipment_bonus[s] - lost, 0.0)
    firm.taken_out = firm.model.month + 1
