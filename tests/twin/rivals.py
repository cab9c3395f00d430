"""Large firms take note of small ones that gain, and after their time imitate them or cut the price."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.numerics import log_
from tests.twin import frontier, owners, till
from tests.twin.agents import Firm, Tool, total

if TYPE_CHECKING:
    from tests.twin.market import Market


def take_note(market: Market) -> None:
    """Large firms without a reaction under way think of the small firm that gained most on its usual share."""
    p, firms = market.params.rivals, market.open_firms()
    served = total([float(firm.orders_served) for firm in firms])
    share = {firm: firm.orders_served / (served if served > 0.0 else 1.0) for firm in firms}
    largest = max([share[firm] for firm in firms if firm.large], default=0.0)
    gains = [
        (log_(share[firm] / max(firm.share_usual, 1e-9)), -firm.slot, firm) for firm in firms
        if not firm.large and firm.months_below >= 0 and share[firm] > 0.0
        and share[firm] >= p.visible_share * largest
    ]
    gains = [gain for gain in gains if gain[0] > p.gain_seen]
    for firm in firms:
        if firm.large and firm.reaction_in == 0 and gains:
            rival = max(gains, key=lambda gain: gain[:2])[2]
            waited = -(p.lag_months / 3) * total([log_(firm.draw(f"reaction.{n}", rival.luck)) for n in range(3)])
            firm.reaction_in, firm.reaction_to = max(math.ceil(waited), 1), rival.birth
    for firm in firms:
        for tool in firm.tools:
            if tool is not None and tool.live and tool.months_live == 0:
                tool.share_before = max(share[firm], firm.share_usual)
        memory = p.memory_month if firm.months_below >= 0 else 0.0
        firm.share_usual = memory * firm.share_usual + (1.0 - memory) * share[firm]


def react(firm: Firm) -> None:
    """Do it, if the rival is still there: a tool that it uses, else a lower price."""
    p = firm.model.params.rivals
    firm.markup_given *= p.cut_memory_month
    if firm.reaction_in == 0:
        return
    firm.reaction_in -= 1
    rival = next((other for other in firm.model.open_firms() if other.birth == firm.reaction_to), None)
    if firm.reaction_in > 0 or rival is None:
        return
    tools = [tool for tool in rival.tools if tool is not None and tool.live and can_have(firm, tool.item)]
    gains = [gain for gain in (gain_since(rival, tool) for tool in tools) if gain > p.gain_seen]
    if gains:
        imitate(firm, next(tool.item for tool in tools if gain_since(rival, tool) == max(gains)))
    else:
        cut_price(firm)


def gain_since(rival: Firm, tool: Tool) -> float:
    """Log points by which the rival's share is above what it was when the tool went live."""
    served = total([float(firm.orders_served) for firm in rival.model.open_firms()])
    share = rival.orders_served / (served if served > 0.0 else 1.0)
    return log_(max(share, 1e-9) / max(tool.share_before, 1e-9))


def can_have(firm: Firm, family: int) -> bool:
    """On offer, not owned yet, room for it, and paid from the till."""
    offer = owners.tool_offer(firm, family)
    return offer.open_to_buy and None in firm.tools and offer.one_off_usd <= firm.cash_cents / 100.0


def imitate(firm: Firm, family: int) -> None:
    """Buy it."""
    offer = owners.tool_offer(firm, family)
    months = max(int(offer.months), 1)
    tool = Tool(
        family, till.units_needed(firm), months, offer.fee_usd_month, start_month=firm.model.month,
        due_month=firm.model.month + months, quote_usd=offer.one_off_usd, benefit_usd=offer.one_off_usd,
    )
    tool.usefulness = firm.model.params.acceptance.promise
    firm.tools[firm.tools.index(None)] = frontier.sign(firm, tool)
    firm.book("tools_once", -offer.one_off_usd)
    firm.model.note("imitate", firm, item=family, price_usd=offer.one_off_usd)


def cut_price(firm: Firm) -> None:
    """A lower markup, and the price with it, down to a floor."""
    p = firm.model.params.rivals
    cut = min(p.price_cut, max(firm.markup_own - firm.markup_given - p.lowest_markup, 0.0))
    firm.price_usd *= (1.0 + firm.markup - cut) / (1.0 + firm.markup)
    firm.markup_given += cut
    firm.markup -= cut
    firm.model.note("cut price", firm, markup=cut)
