"""People and tools: what they learn and forget, fear and use, and what becomes of those no longer needed."""

from __future__ import annotations

from sim.numerics import exp_, log_, power_
from sim.state import EXPANSION
from tests.twin import shop
from tests.twin.agents import STAGES, Firm, Person, Tool, total


def time_at(firm: Firm, person: Person, tool: Tool) -> float:
    """Part of a person's time at the stages that a tool serves."""
    catalogue = firm.model.params.catalogue
    served = [s for s in STAGES if catalogue.hours_taken[tool.item][s] > 0.0]
    return total([person.time_share[s] for s in served or [int(catalogue.main_stage[tool.item])]])


def mean_by_time(times: list[float], values: list[float], nobody: float) -> float:
    """Mean of what users have, by the time they spend there."""
    whole = total(times)
    return total([time * value for time, value in zip(times, values, strict=True)]) / whole if whole > 0.0 else nobody


def learn_tools(firm: Firm) -> None:
    """Users learn each live tool, with training if it is given and still needed; what is not at work is not known."""
    p, people, trained = firm.model.params.skill, firm.staff(), 0.0
    level = max(firm.training, firm.model.programme)
    for person in people:
        person.hours_away = 0.0
    for place, tool in enumerate(firm.tools):
        if tool is None or not tool.live:
            for person in people:
                person.tool_skill[place] = 0.0
            continue
        times = [time_at(firm, person, tool) for person in people]
        for person, time in zip(people, times, strict=True):
            lesson = level if time > 0.0 and person.tool_skill[place] < p.training_until else 0.0
            person.hours_away += p.training_hours_month * lesson
            person.tool_skill[place] = skill_after(person, place, time > 0.0, lesson)
            trained += lesson
        tool.skill = mean_by_time(times, [person.tool_skill[place] for person in people], p.start)
    firm.hours_trained = p.training_hours_month * trained
    if trained > 0.0:
        firm.book("tools_running", -(p.training_usd_month * (trained * (firm.training / level))))


def skill_after(person: Person, place: int, works_there: bool, lesson: float) -> float:
    """Skill a month later, at least a beginner's."""
    p, skill = person.model.params.skill, person.tool_skill[place]
    used = person.tool_use[place] if works_there else 0.0
    months = p.half_life_weak_months + person.general_skill * (p.half_life_strong_months - p.half_life_weak_months)
    months *= 1.0 + person.model.params.partners.slower_learning * person.employer.partners
    pace = 1.0 - power_(2.0, -(1.0 + p.training_effect * lesson) / months)
    learned, forgotten = used * pace * (1.0 - skill), (1.0 - used) * p.forgetting_month * skill
    return max(skill + learned - forgotten, p.start)


def feel_threat(firm: Firm) -> None:
    """What an announced tool could take of one's work is felt as a threat, and later forgotten."""
    p, catalogue = firm.model.params.acceptance, firm.model.params.catalogue
    announced = [tool for tool in firm.tools if tool is not None and tool.item < EXPANSION and tool.countdown > 0]
    for person in firm.staff():
        person.threat *= power_(0.5, 1.0 / p.threat_half_life_months)
        exposed = total([
            total([min(catalogue.hours_taken[tool.item][s], 1.0) * person.time_share[s] for s in STAGES])
            for tool in announced
        ])  # fmt: skip
        calm = 1.0 - p.involvement_calms * firm.involvement
        person.threat = max(person.threat, p.threat_size * exposed * calm)


def accept_tools(firm: Firm) -> None:
    """Users come closer to the use they want of each live tool, and notice what it has done."""
    p, people = firm.model.params.acceptance, firm.staff()
    for place, tool in enumerate(firm.tools):
        if tool is None or not tool.live:
            for person in people:
                person.tool_use[place] = p.first_use
            continue
        times = [time_at(firm, person, tool) for person in people]
        peers = mean_by_time(times, [person.tool_use[place] for person in people], 0.0)
        for person in people:
            wanted = use_wanted(firm, person, place, peers)
            person.tool_use[place] += p.habit_month * (wanted - person.tool_use[place])
        tool.usage = mean_by_time(times, [person.tool_use[place] for person in people], 1.0)
        tool.usefulness += p.noticing_month * (tool.usage * tool.skill - tool.usefulness)


def use_wanted(firm: Firm, person: Person, place: int, peers: float) -> float:
    """How often somebody would use a tool; not at all where there is too little reason to."""
    p = firm.model.params.acceptance
    motivation = (
        p.base
        + p.usefulness_weight * firm.tools[place].usefulness
        + p.ease_weight * person.tool_skill[place]
        + p.peers_weight * peers
        + p.involvement_weight * firm.involvement
        + p.culture_weight * firm.culture
        - p.threat_weight * person.threat
    )
    share = 1.0 / (1.0 + exp_(-motivation))
    return share if share >= p.threshold else 0.0


def move_morale(firm: Firm) -> None:
    """The wish to stay comes closer to what the work and the worries make of it."""
    p, usual = firm.model.params.morale, firm.model.params.sector.wage_usd_hour * firm.model.wage_level
    gets_tools = any(tool is not None and tool.item < EXPANSION for tool in firm.tools)
    for person in firm.staff():
        relieved = total([person.time_share[s] * firm.automated_share[s] for s in STAGES])
        goal = (
            p.tedium_weight * relieved
            - p.overload_weight * firm.overload
            - p.threat_weight * person.threat
            + p.involvement_weight * (firm.involvement if gets_tools else 0.0)
            + p.pay_weight * log_(firm.wage_usd_hour / usual)
        )
        person.morale += p.change_month * (goal - person.morale)


def move_wage(firm: Firm) -> None:
    """Pay more than the firm's usual wage where an hour makes more or posts stay open, less where it makes less."""
    p, people = firm.model.params.wages, len(firm.staff())
    open_now = max(firm.posts - people, 0) / max(firm.posts, 1)
    firm.posts_open = p.vacancy_memory_month * firm.posts_open + (1.0 - p.vacancy_memory_month) * open_now
    wanted = p.rent_sharing * output_gained(firm, people) + p.vacancy_response * firm.posts_open
    moved = p.adjust_month * (min(max(wanted, -p.most_moved), p.most_moved) - firm.wage_moved)
    firm.wage_moved += moved
    firm.wage_usd_hour *= exp_(moved)


def output_gained(firm: Firm, people: int) -> float:
    """Log of orders for an hour of staff and owner over those at founding; nothing where nothing is made."""
    p = firm.model.params
    owner, month = p.management.hands_on_share * p.management.owner_hours_month, p.sector.hours_person_month
    hours_then = total(firm.hand_hours_order) * firm.normal_orders / p.throughput.normal_utilisation - owner
    people_then = int(max(hours_then, 0.0) / month + 0.5)
    made, hours = min(firm.orders_expected, firm.throughput), people * month + owner
    if made <= 0.0 or hours <= 0.0:
        return 0.0
    return log_(made * (people_then * month + owner) / (firm.normal_orders * hours))


def quit_hazard(person: Person) -> float:
    """Chance to leave per month, before it is cut into whole months: the trade's usual one and own reasons."""
    p, firm = person.model.params, person.employer
    pay = p.morale.wage_quits * log_(p.sector.wage_usd_hour * firm.model.wage_level / firm.wage_usd_hour)
    mood = -p.morale.morale_quits * person.morale
    overload = p.staffing.overload_quits * firm.overload
    threat = p.morale.threat_quits * person.threat
    return p.sector.quits_month * exp_(pay + mood + overload + threat)


def lay_off(firm: Firm) -> None:
    """Cut surplus posts at once where that is the owner's way and tools are at work."""
    p, people = firm.model.params, firm.staff()
    surplus = max(len(people) - firm.posts, 0)
    firm.laid_off = int(firm.layoff * surplus) if firm.has_tools() else 0
    if firm.laid_off == 0:
        return
    share = firm.laid_off / len(people)
    leaving = sorted(people, key=lambda person: person.draw("layoff"))[: firm.laid_off]
    for person in people:
        if person in leaving:
            person.leave()
            person.tenure = -1
        else:
            person.threat += p.morale.layoff_threat * share
            person.morale -= p.morale.layoff_morale * share
    month_wage = firm.wage_usd_hour * p.sector.hours_person_month
    firm.book("tools_once", -(p.morale.severance_months * month_wage * firm.laid_off))
    firm.model.note("layoff", firm, people=firm.laid_off)


def retrain(firm: Firm) -> None:
    """Move people's time sooner to where it is needed, for hours of learning and money."""
    p, hours = firm.model.params, 0.0
    pace = p.morale.redeploy_share_month * firm.redeploy if firm.has_tools() else 0.0
    wanted = shop.time_wanted(firm)
    for person in firm.staff() if pace > 0.0 else []:
        moved = [pace * (wanted[s] - person.time_share[s]) for s in STAGES]
        learning = p.morale.retraining_hours * (
            total([max(part, 0.0) for part in moved]) * p.sector.hours_person_month
        )
        person.time_share = [person.time_share[s] + moved[s] for s in STAGES]
        person.hours_away += learning
        hours += learning
    firm.hours_retrained = hours
    firm.book("tools_once", -(p.morale.retraining_usd_hour * hours))
