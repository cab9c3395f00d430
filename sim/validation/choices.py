"""Ways of choosing against one another: what they pick from one picture, and what is left of a name without a deed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sim import oracle, schedule
from sim.analysis.comparison import Comparison
from sim.analysis.growth import ratio_of_shares
from sim.analysis.ratios import FAST, every_firm, survivors, times
from sim.analysis.resample import one_mean_interval, world_counts
from sim.arrays import Floats
from sim.look import look
from sim.offers import candidate_code, offers
from sim.run import Assignment, Job, prepare, simulate
from sim.scenario.arms_list import parse_arms
from sim.scenario.files import shipped_names
from sim.scenario.resolve import load
from sim.state import NO_TOOL
from sim.strategies.scores import RULES
from sim.validation.agreement import (
    COMPARED,
    agreement,
    choices,
    market,
    seen_now,
    snapshots,
    where_nobody_bought,
)
from sim.validation.bench import Bench
from sim.validation.check import Check, Found, decided
from sim.validation.hypotheses import directed
from sim.validation.nulls import SCENARIO
from sim.world import World

AGREE_LIMIT = 0.6
STEP_MONTH, STEP_WORLDS, QUICK_STEP_WORLDS, STEP_MONTHS = 12, 24, 6, 24
SEEN, FRESH = range(1, 9), range(101, 109)
SPLIT_MONTHS = 36
BLIND = 20.0
DARK, DARK_SHARE, SIGHT_SHARE = 50.0, 0.05, 0.2
"""A noise in which nothing of a step is left; most that may then pick otherwise, and fewest that must in full sight."""
QUOTES_TELL = (
    "Noise lies on the steps; what a tool costs and promises stands in its quote. Who is blind to the steps still buys "
    "online ordering, which promises orders, three times as often as a lot does (docs/decisions/0158)."
)


def pairs_agree(bench: Bench) -> Found:
    """Largest share, over the sectors, of identical snapshots on which tactical and aligned pick the same."""
    worlds = 12 if bench.quick else 60
    shares = {}
    for name in shipped_names("sectors"):
        table = agreement(choices(snapshots(market(name), [bench.world_seed(n) for n in range(worlds)])))
        shares[name] = float(table["tactical"]["aligned"])
    worst = max(shares, key=lambda name: shares[name])
    remark = f"most in {worst.replace('_', ' ')}; {worlds} worlds in each of {len(shares)} sectors"
    return Found(shares[worst], "pass" if shares[worst] < AGREE_LIMIT else "fail", remark=remark)


def one_step(bench: Bench) -> dict[str, Floats]:
    """Value to the owner of what each score, and the oracle, picks at one moment, on fresh futures; (worlds,).

    The oracle goes by other futures than those on which all are judged.
    """
    worlds = QUICK_STEP_WORLDS if bench.quick else STEP_WORLDS
    scenario = load(SCENARIO)
    arm = replace(parse_arms("aligned", scenario)[0], score="npv")
    jobs = [bench.job(scenario, arm, replicate, 2 * STEP_MONTH + STEP_MONTHS) for replicate in range(worlds)]
    world = prepare(jobs)
    world.ablated = frozenset({"choosing.decide"})
    for _ in range(STEP_MONTH):
        schedule.step(world)
    world.ablated = frozenset()
    rows = np.arange(worlds) * world.firm_slots
    rows = rows[world.firms.open[rows]]
    shown, judged = (oracle.tried(world, rows, futures, STEP_MONTHS) for futures in (SEEN, FRESH))
    seen = look(world, rows, offers(world, rows))
    families = world.worlds.hype.shape[1]
    picked = {name: RULES[name](seen).candidate for name in COMPARED}
    items = {name: np.where(one >= 0, candidate_code(one, families), NO_TOOL) for name, one in picked.items()}
    items["oracle"] = np.array([_best(shown, row) for row in rows.tolist()])
    return {name: np.array([_value(judged, row, item) for row, item in zip(rows.tolist(), codes.tolist(), strict=True)])
            for name, codes in items.items()}


def _best(trials: oracle.Trials, row: int) -> int:
    """What did best for a firm."""
    own = trials.rows == row
    return int(trials.items[own][trials.value_usd[own].argmax()])


def _value(trials: oracle.Trials, row: int, item: int) -> float:
    """Value of an item to a firm; of nothing, where the till of the moment of decision does not carry it."""
    own = trials.rows == row
    here = own & (trials.items == item)
    return float(trials.value_usd[here if here.any() else own & (trials.items == NO_TOOL)][0])


def oracle_is_best(bench: Bench) -> Found:
    """The oracle's gain, in one step, over the best of the other ways of choosing."""
    value = one_step(bench)
    found = value.pop("oracle")
    best = max(value, key=lambda name: float(value[name].mean()))
    low, high = one_mean_interval(found - value[best])
    status = "fail" if high < 0.0 else "pass" if (found - value[best]).mean() >= 0.0 else "open"
    remark = f"over {best}, the best of {len(value)}; {len(found)} worlds, {len(FRESH)} fresh futures"
    return Found(float((found - value[best]).mean()), status, (low, high), remark)  # type: ignore[arg-type]


def _over_random(bench: Bench, **choosing: float) -> tuple[Floats, float, float]:
    """Worth under aligned less that under random, (worlds,), and the interval of its mean; both pay for looking."""
    scenario = load(SCENARIO)
    other = replace(scenario, params=scenario.params.changed(choosing=choosing))
    runs = simulate(bench.jobs(other, "aligned,random", bench.worlds, 2 * SPLIT_MONTHS))
    worth = np.array([run.scalars["owner_value_usd"] for run in runs])
    gap = worth[: bench.worlds] - worth[bench.worlds :]
    return gap, *one_mean_interval(gap)


def blind(bench: Bench) -> Found:
    """Aligned over random where owners see nothing but noise of their own firm."""
    gap, low, high = _over_random(bench, noise=BLIND)
    known = low <= 0.0 <= high
    remark = bench.effort if known else f"{QUOTES_TELL} {bench.effort}"
    return Found(float(gap.mean()), "pass" if known else "contradicted", (low, high), remark)


def blind_to_the_steps(bench: Bench) -> Found:
    """How often aligned owners pick otherwise where the true steps change places and they see nothing but noise."""
    worlds = QUICK_STEP_WORLDS if bench.quick else STEP_WORLDS
    unseeing, seeing = (picked_otherwise(bench, worlds, noise) for noise in (DARK, 0.0))
    right = unseeing <= DARK_SHARE and seeing >= SIGHT_SHARE
    remark = f"{seeing:.2f} where they see all; bakeries of {worlds} worlds"
    return Found(unseeing, "pass" if right else "fail", remark=remark)


def picked_otherwise(bench: Bench, worlds: int, noise: float) -> float:
    """Share of full, uneven bakeries whose aligned owner picks otherwise were each step what the one before it is."""
    full = {"equipment_utilisation": 0.98, "equipment_spread": 0.6}
    params = market("bakery").changed(choosing={"noise": noise}, throughput=full)
    world = where_nobody_bought(params, [bench.world_seed(n) for n in range(worlds)])
    before = RULES["aligned"](seen_now(world)).candidate
    turn_the_steps(world)
    after = RULES["aligned"](seen_now(world)).candidate
    some = (before >= 0) | (after >= 0)
    return float(np.mean((before != after)[some]))


def turn_the_steps(world: World) -> None:
    """Give every chain step the capacity by hand, the equipment and the process of the one before it."""
    firms = world.firms
    here = np.nonzero(world.params.sector.chain[0] > 0.0)[0]
    before = np.roll(here, 1)
    hands = firms.hours / np.where(firms.hand_hours_order > 0.0, firms.hand_hours_order, 1.0)
    firms.hours[:, here] = hands[:, before] * firms.hand_hours_order[:, here]
    firms.equipment_orders[:, here] = firms.equipment_orders[:, before]
    firms.process_quality[:, here] = firms.process_quality[:, before]


def no_worse_than_lots(bench: Bench) -> Found:
    """Aligned over random where the constraint is internal, plus one standard error."""
    gap, low, high = _over_random(bench)
    error = float(gap.std(ddof=1) / np.sqrt(len(gap)))
    return Found(float(gap.mean()), decided(gap.mean() >= -error, high < 0.0), (low, high), bench.effort)


Group = tuple[str, str, bool]
"""A strategy, that of the others, and whether it is the others who are watched."""


def _shares(bench: Bench, groups: Sequence[Group], assignment: Assignment, quality: float) -> list[Floats]:
    """Share of each group that grew fast, by world."""
    scenario = load(SCENARIO)
    params = scenario.params.changed(assignment={"choice_correlation": quality})
    arms = {name: parse_arms(name, scenario)[0] for group in groups for name in group[:2]}
    jobs = [
        Job(params, scenario.families, arms[asked], arms[others], assignment, bench.seed, replicate, SPLIT_MONTHS,
            others=watched)
        for asked, others, watched in groups for replicate in range(bench.worlds)
    ]
    grown = np.array([run.scalars[FAST] for run in simulate(jobs)])
    return list(grown.reshape(len(groups), -1))


def lots_are_causal(bench: Bench) -> Found:
    """Ln of the ratio between firms of a world that drew different lots, over that of the same firms under both."""
    followers, others, same_firms = _shares(
        bench, [("aligned", "none", False), ("aligned", "none", True), ("none", "aligned", False)], "mixed", 0.0)
    columns = np.column_stack([followers, others, same_firms])
    total, drawn = columns.sum(axis=0), world_counts(len(columns)) @ columns
    apart = float(np.log(total[2] / total[1]))
    spread = np.log(np.maximum(drawn[:, 2], 1e-9) / np.maximum(drawn[:, 1], 1e-9))
    low, high = (float(end) for end in np.quantile(spread, (0.025, 0.975)))
    ones = [np.ones(len(columns))] * 2
    beside, same = (ratio_of_shares([followers, group], ones) for group in (others, same_firms))
    remark = f"beside one another {times(beside)}, the same firms under both {times(same)}; {bench.effort}"
    return Found(apart, "pass" if low <= 0.0 <= high else "fail", (low, high), remark)


def label_alone(bench: Bench) -> Found:
    """Share of fast growers among firms that took a name for nothing, less that among the others; owners choose."""
    named, others = _shares(bench, [("none", "none", False), ("none", "none", True)], "chosen", 0.8)
    ones = [np.ones(len(named))] * 2
    by_lot = _shares(bench, [("none", "none", False), ("none", "none", True)], "mixed", 0.0)
    remark = (f"{times(ratio_of_shares([named, others], ones))} as likely where good owners take it, "
              f"{times(ratio_of_shares(by_lot, ones))} by lot; {bench.effort}")
    return directed(named - others, remark)


def survivors_ratio(bench: Bench) -> Found:
    """Survivors' growth ratio less that of all firms, where owners choose."""
    comparison: Comparison = bench.study(load(SCENARIO), "none,aligned", "chosen").comparison
    answered, counted = survivors(comparison), every_firm(comparison)
    causal = times(every_firm(comparison.by_lot)) if comparison.by_lot else "—"
    remark = f"survivors {times(answered)}, every firm {times(counted)}, by lot {causal}; {bench.effort}"
    status = "pass" if np.isfinite(answered.value) else "open"
    return Found(answered.value, status, (answered.low, answered.high), remark)  # type: ignore[arg-type]


def checks() -> list[Check]:
    """What choosing alone can and cannot do."""
    return [
        Check("N6", "nulls", "Where owners see nothing but noise, aligned is worth what random is; both pay for "
              "looking.", "0 within the interval", "USD", blind),
        Check("N6b", "nulls", "Where owners see nothing but noise, what aligned owners pick does not hang on which "
              "step is tight: share that pick otherwise where steps change places.",
              f"{DARK_SHARE} at most, and {SIGHT_SHARE} at least where they see all", "share of snapshots",
              blind_to_the_steps),
        Check("N16b", "nulls", "Where the constraint is internal, aligned is worth no less than random.",
              "−1 standard error or more", "USD", no_worse_than_lots),
        Check("N16", "nulls", "In one step no way of choosing beats the oracle on fresh futures.", "0 or more", "USD",
              oracle_is_best),
        Check("N17", "nulls", "Under random assignment the growth ratio of firms side by side is that of the same "
              "firms under both strategies (ln of the one over the other).", "0 within the interval", "ln ratio",
              lots_are_causal),
        Check("N17b", "hypotheses", "A name without a deed goes with fast growth where good owners take it.",
              "more than 0", "share of firms", label_alone),
        Check("N17c", "nulls", "The growth ratio of survivors, as a survey sees it, stands beside the others.",
              "a number", "ratio", survivors_ratio),
        Check("N19", "nulls", "On identical snapshots tactical and aligned pick the same in fewer than 60%, in every "
              "sector.", f"less than {AGREE_LIMIT}", "share of snapshots", pairs_agree),
    ]
