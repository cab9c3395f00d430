"""The month, in order. Read this file first.

Each line is a step that writes only the columns it declares; `python -m sim.schedule` prints them.
"""

from __future__ import annotations

from sim.mechanisms import (
    acceptance, aims, choosing, data, demand, diffusion, displacement, disruption, entry, environment, errors, explore,
    fairness, finance, frontier, incidents, inspection, integration, management, morale, overruns, phasing, practices,
    prices, projects, reconfigure, reputation, rework, rivals, satisfaction, segments, shocks, skill, staffing,
    suppliers, throughput, turbulence, wages, waiting,
)
from sim.world import Mechanism, World

MONTH: tuple[Mechanism, ...] = (
    # ---- 1 the environment moves -------------------------------------------------
    finance.open_the_books,
    environment.turn_the_calendar,
    turbulence.shift_work,
    turbulence.shift_tastes,
    shocks.befall,
    environment.surprise_firms,
    environment.move_the_talk,
    entry.open_new_firms,
    suppliers.move_input_prices,
    # ---- 2 owners plan their month -----------------------------------------------
    management.plan_the_owners_month,
    management.wear_down_processes,
    practices.measure,
    practices.better_processes,
    reconfigure.sense,
    incidents.keep_watch,
    # ---- 3 owners look and decide ------------------------------------------------
    reconfigure.look_over,
    choosing.decide,
    explore.start_prototypes,
    # ---- 4 projects move on ------------------------------------------------------
    overruns.settle_the_account,
    acceptance.feel_threat,
    projects.move_projects_on,
    frontier.hand_over,
    frontier.lose_support,
    explore.bring_to_market,
    phasing.end_pilots,
    skill.learn_tools,
    acceptance.accept_tools,
    incidents.stop_tools,
    projects.put_tools_to_work,
    disruption.settle_in,
    integration.miss_edges,
    # ---- 5 people ----------------------------------------------------------------
    morale.move_morale,
    staffing.let_people_quit,
    staffing.plan_posts,
    displacement.lay_off,
    staffing.fill_posts,
    displacement.retrain,
    staffing.shift_time,
    staffing.bring_hours,
    wages.move_wages,
    # ---- 6 prices; large firms react ---------------------------------------------
    rivals.take_note,
    prices.adapt_markups,
    prices.reset_prices,
    rivals.react,
    # ---- 7 customers choose ------------------------------------------------------
    reputation.advertise,
    satisfaction.let_friends_talk,
    demand.choose_suppliers,
    demand.place_orders,
    segments.count_customers,
    # ---- 8 production ------------------------------------------------------------
    throughput.share_people,
    throughput.run_the_chain,
    inspection.inspect,
    errors.make_errors,
    rework.deliver,
    waiting.queue_orders,
    throughput.see_what_limited,
    fairness.err_with_the_group,
    # ---- 9 what customers and owners remember ------------------------------------
    demand.remember,
    satisfaction.feel_the_month,
    reputation.follow_ratings,
    staffing.expect_orders,
    aims.look_back,
    data.gather,
    fairness.ask_customers,
    incidents.suffer_breaches,
    incidents.face_the_rules,
    # ---- 10 accounts, owners' pay, closures --------------------------------------
    finance.pay_bills,
    finance.settle_accounts,
    explore.put_aside,
    finance.pay_the_owner,
    finance.close_firms,
    diffusion.count_owners,
)


def step(world: World) -> None:
    """Live through one month."""
    for mechanism in MONTH:
        mechanism(world)
    world.month += 1


if __name__ == "__main__":
    print(*(f"{m.name:32} {m.source}\n{'':32} writes {', '.join(sorted(m.writes))}" for m in MONTH), sep="\n")
