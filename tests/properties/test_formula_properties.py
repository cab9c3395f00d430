"""What formulas must do for any numbers, not only in the limits."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.arrays import Bools, Floats
from sim.formulas.errors import ErrorRates, crossing_quality, fault_share
from sim.formulas.finance import annuity_factor
from sim.formulas.throughput import (
    PLAIN_MINIMUM,
    Work,
    automated_share,
    chain_throughput,
    help_out,
    slowest_stage,
    stage_capacity,
)
from sim.formulas.waiting import queue_months
from sim.numerics import cents, exp, log, normal, row_sum
from sim.strategies.choice import best

STAGES = 6
shares = st.floats(0.0, 1.0)
amounts = st.floats(0.0, 1e6)


def stages(values: st.SearchStrategy[float]) -> st.SearchStrategy[Floats]:
    """Numbers by stage of one firm, (1, stages)."""
    return arrays(np.float64, (1, STAGES), elements=values)


chains: st.SearchStrategy[Bools] = st.sets(st.integers(0, STAGES - 1), min_size=1).map(
    lambda members: np.isin(np.arange(STAGES), list(members))[None, :]
)


@given(stages(amounts), stages(amounts), st.floats(0.0, 0.95), stages(amounts), stages(amounts))
def test_more_of_anything_never_makes_a_stage_slower(
    hands: Floats, tools: Floats, cap: float, equipment: Floats, more: Floats
) -> None:
    before = stage_capacity(hands, tools, np.full((1, STAGES), cap), equipment)

    assert (stage_capacity(hands + more, tools, np.full((1, STAGES), cap), equipment) >= before).all()
    assert (stage_capacity(hands, tools + more, np.full((1, STAGES), cap), equipment) >= before).all()
    assert (stage_capacity(hands, tools, np.full((1, STAGES), cap), equipment + more) >= before).all()
    assert (stage_capacity(hands, tools, np.full((1, STAGES), min(cap + 0.04, 0.99)), equipment) >= before).all()


@given(stages(amounts), stages(amounts), st.floats(0.0, 0.95))
def test_no_tool_is_bit_for_bit_what_hands_do(hands: Floats, equipment: Floats, cap: float) -> None:
    made = stage_capacity(hands, np.zeros((1, STAGES)), np.full((1, STAGES), cap), equipment)

    assert made.tobytes() == np.minimum(hands, equipment).tobytes()


@given(stages(st.just(0.0) | st.floats(0.1, 1e6)), stages(amounts), st.floats(0.0, 0.95))
def test_tools_never_do_more_than_their_share_nor_more_than_they_can(load: Floats, tools: Floats, cap: float) -> None:
    share = automated_share(load, tools, np.full((1, STAGES), cap))

    assert ((share >= 0.0) & (share <= cap)).all()
    assert (share * load <= tools * (1.0 + 1e-12) + 1e-300).all()


@given(stages(st.floats(1e-3, 1e6)), chains, st.floats(-50.0, 0.9).filter(lambda rho: abs(rho) > 1e-3))
def test_a_chain_makes_no_less_than_its_slowest_and_no_more_than_its_fastest_stage(
    capacity: Floats, chain: Bools, rho: float
) -> None:
    made = float(chain_throughput(capacity, chain, np.array([rho]))[0])
    own = capacity[chain]

    assert own.min() * (1.0 - 1e-9) <= made <= own.max() * (1.0 + 1e-9)
    assert capacity[0, slowest_stage(capacity, chain)[0]] == own.min()


@given(stages(st.floats(1e-3, 1e6)), chains, st.sampled_from([PLAIN_MINIMUM, -50.0, -10.0, -2.0, 1.0]),
       st.integers(0, STAGES - 1), st.floats(1.0, 100.0))
def test_raising_a_stage_never_slows_the_chain(
    capacity: Floats, chain: Bools, rho: float, stage: int, factor: float
) -> None:
    raised = capacity.copy()
    raised[0, stage] *= factor
    before, after = (float(chain_throughput(k, chain, np.array([rho]))[0]) for k in (capacity, raised))

    assert after >= before * (1.0 - 1e-12)
    assert chain[0, stage] or after == before


@st.composite
def works(draw: st.DrawFn) -> Work:
    """What the stages of one chain ask of people, some of them helped by tools; one stage at least asks for hours."""
    chain, hours_order = draw(chains), draw(stages(st.just(0.0) | st.floats(1e-3, 10.0)))
    hours_order[0, draw(st.sampled_from(np.nonzero(chain[0])[0].tolist()))] = draw(st.floats(1e-3, 10.0))
    tools = draw(stages(st.just(0.0) | st.floats(1.0, 1e6)))
    return Work(hours_order, tools, np.full((1, STAGES), draw(st.floats(0.0, 0.95))), chain)


@given(stages(amounts), amounts, works())
def test_helping_out_makes_no_hours_and_loses_none(fixed: Floats, pool: float, work: Work) -> None:
    after = help_out(fixed, np.array([pool]), work)

    assert abs(after.sum() - (np.where(work.chain, fixed, 0.0).sum() + pool)) <= 1e-9 * (1.0 + after.sum())
    assert (after[work.chain] >= fixed[work.chain] * (1.0 - 1e-12)).all()
    assert not after[~work.chain].any()


@given(stages(amounts), amounts, works())
def test_helping_out_lifts_the_weakest_stages_as_far_as_can_be(fixed: Floats, pool: float, work: Work) -> None:
    """Whoever got help can do no more than the weakest: no hour of it would have done more elsewhere."""
    asks = work.chain & (work.hours_order > 0.0)
    unlimited = np.full((1, STAGES), np.inf)

    def orders(hours: Floats) -> Floats:
        hands = hours / np.where(asks, work.hours_order, 1.0)
        return stage_capacity(hands, work.tools, work.cap, unlimited)[asks]

    after = help_out(fixed, np.array([pool]), work)
    helped = (after[asks] > fixed[asks] * (1.0 + 1e-9) + 1e-9)

    assert orders(after).min() >= orders(fixed).min() * (1.0 - 1e-9)
    assert (orders(after)[helped] <= orders(after).min() * (1.0 + 1e-6) + 1e-6).all()


@given(stages(amounts), amounts, works(), st.integers(0, STAGES - 1), st.floats(1.0, 1e6))
def test_a_better_tool_never_leaves_the_weakest_stage_weaker_once_people_have_shifted(
    fixed: Floats, pool: float, work: Work, stage: int, more: float
) -> None:
    asks = work.chain & (work.hours_order > 0.0)
    weakest = []
    for extra in (0.0, more):
        tools = work.tools.copy()
        tools[0, stage] += extra
        hours = help_out(fixed, np.array([pool]), work._replace(tools=tools))
        hands = hours / np.where(asks, work.hours_order, 1.0)
        weakest.append(float(stage_capacity(hands, tools, work.cap, np.full((1, STAGES), np.inf))[asks].min()))

    assert weakest[1] >= weakest[0] * (1.0 - 1e-9) - 1e-9


@given(shares, shares, st.floats(0.0, 0.5), shares, st.floats(0.0, 0.3), shares)
def test_a_better_process_never_errs_more(
    quality: float, better: float, systematic: float, caught: float, slip: float, automated: float
) -> None:
    rates = ErrorRates(np.array(systematic), np.array(caught), np.array(slip))
    low, high = (float(fault_share(np.array(q), np.array(automated), np.array(1.0), rates))
                 for q in sorted((quality, better)))

    assert low >= high >= 0.0


@given(shares, st.floats(0.01, 0.5), st.floats(0.05, 1.0), st.floats(0.0, 0.3), shares, shares)
def test_the_crossing_says_which_way_automation_moves_errors(
    quality: float, systematic: float, caught: float, slip: float, less: float, more: float
) -> None:
    rates = ErrorRates(np.array(systematic), np.array(caught), np.array(slip))
    crossing = float(crossing_quality(rates))
    assume(abs(quality - crossing) > 1e-6)
    before, after = (float(fault_share(np.array(quality), np.array(a), np.array(1.0), rates))
                     for a in sorted((less, more)))

    assert after >= before if quality < crossing else after <= before


@given(st.floats(0.0, 0.97), st.floats(0.001, 0.02), st.integers(1, 50), st.floats(0.0, 5.0))
def test_fuller_queues_wait_longer_and_more_servers_shorter(
    load: float, more: float, servers: int, variation: float
) -> None:
    def wait(load_share: float, count: int) -> float:
        return float(queue_months(np.array(1.0), np.array(load_share), np.array(float(count)), np.array(variation)))

    assert 0.0 <= wait(load, servers) <= wait(load + more, servers) * (1.0 + 1e-12)
    assert wait(load, servers + 1) <= wait(load, servers) * (1.0 + 1e-12)


@given(st.just(0.0) | st.floats(1e-6, 0.1), st.integers(0, 239), st.floats(1e-3, 0.1))
def test_more_months_are_worth_more_and_a_higher_rate_less(rate: float, months: int, more: float) -> None:
    worth = float(annuity_factor(np.array(rate), np.array(float(months))))

    assert worth <= float(annuity_factor(np.array(rate), np.array(months + 1.0)))
    assert worth >= float(annuity_factor(np.array(rate + more), np.array(float(months)))) - 1e-9


@given(st.floats(-700.0, 700.0))
def test_log_undoes_exp(x: float) -> None:
    assert abs(float(log(exp(np.array(x)))) - x) <= 1e-15 + 4e-16 * abs(x)


@given(st.floats(1e-15, 0.5).map(lambda u: 1.0 - (1.0 - u)))
def test_the_normal_quantile_is_odd_around_the_median(u: float) -> None:
    assert float(normal(np.array(u))) == -float(normal(np.array(1.0 - u)))


@given(st.floats(-1e9, 1e9))
def test_a_payment_is_never_more_than_half_a_cent_off(usd: float) -> None:
    assert abs(int(cents(np.array(usd))) - usd * 100.0) <= 0.5 + 1e-4


@given(arrays(np.float64, (3, STAGES), elements=st.floats(-1e6, 1e6)), arrays(np.bool_, (3, STAGES)))
def test_the_best_is_allowed_and_nothing_allowed_is_better(value: Floats, allowed: Bools) -> None:
    for row, pick in enumerate(best(value, allowed)):
        if pick < 0:
            assert not allowed[row].any()
        else:
            assert allowed[row, pick]
            assert value[row, pick] == value[row][allowed[row]].max()


@given(arrays(np.float64, (4, STAGES), elements=st.floats(-1e6, 1e6)))
def test_a_row_sum_is_a_sum(table: Floats) -> None:
    assert np.abs(row_sum(table) - table.sum(axis=1)).max() <= 1e-8
