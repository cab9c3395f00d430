"""The command `smbsim`: what can be asked of it, and the one place where bad input becomes a sentence.

Everything heavy is imported inside the verbs, so that help appears at once.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from sim import cli_report, cli_store, cli_sweep
from sim.errors import InputError
from sim.options import (
    BAD_INPUT,
    FAILED,
    INTERRUPTED,
    WHO,
    Json,
    Months,
    Saturation,
    ScenarioArgument,
    Seed,
    Store,
    one_of,
    whole,
)


class Verbs(TyperGroup):
    """The verbs; what goes wrong in any of them ends here, without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run a verb; bad input leaves a sentence per problem and exit code 2, Ctrl-C leaves 130."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(BAD_INPUT) from None
        except KeyboardInterrupt as stopped:
            typer.echo(str(stopped) or "stopped", err=True)
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    cls=Verbs, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Does automation pay for a small firm? Play strategies against doing nothing, in the same futures.",
)

# Options are declared where they are named, which makes the heads of the verbs long.
@app.command(short_help="Compare strategies in the same futures; write a report.")
def compare(
    scenario: ScenarioArgument,
    arms: Annotated[str | None, typer.Option(
        "--arms", "--strategies", metavar="A,B,…",
        help="Strategies to compare: names or files; +assess2, +fix, +edges, +phased and +later6 change one. "
             "[default: none,random,own_sake,tactical,aligned]")] = None,
    worlds: Annotated[int, typer.Option(
        parser=whole(1, 100_000, "worlds"), metavar="N",
        help="Possible futures, each played by every strategy.")] = 200,
    months: Months = None,
    seed: Seed = 1,
    assignment: Annotated[Literal["focal", "whole", "mixed", "chosen"], typer.Option(
        parser=one_of(WHO), metavar="focal|whole|mixed|chosen",
        help="Who follows the strategy: the firm in focus, every small firm, a share of them by lot (mixed), or those "
             "whose owners choose it (chosen), as in a survey.")] = "focal",
    saturation: Saturation = None,
    flip: Annotated[bool, typer.Option(
        "--flip", help="Also play the falsifier: one condition reversed, and the claims must fail.")] = False,
    marginal: Annotated[int, typer.Option(
        parser=whole(0, 9, "projects"), metavar="N",
        help="Also tell what each of the main strategy's first N projects is worth, beside a placebo.")] = 0,
    store: Store = None,
    out: Annotated[str | None, typer.Option(
        metavar="DIR", help="Folder for the report. [default: results/ and the scenario's name]")] = None,
    workers: Annotated[int | None, typer.Option(
        parser=whole(1, 1024, "processes"), metavar="N",
        help="Processes; as many as there are cores if left out.")] = None,
    as_json: Json = False,
    profile: Annotated[bool, typer.Option(
        "--profile", help="Say on standard error how long each step takes in a batch of the last arm.")] = False,
) -> None:
    """Compare strategies in the same possible futures, and write a report.

    \b
    Examples:
      smbsim compare bakery_ordering
      smbsim compare bakery_ordering --arms none,quote --flip
      smbsim compare bakery_ordering --arms none,aligned,aligned+assess0 --worlds 500
      smbsim compare bakery_ordering --assignment mixed --saturation 0.3 --arms none,aligned
      smbsim compare bakery_ordering --arms none,aligned --marginal 3
      smbsim compare my_firm.toml --months 36 --out report
    """
    from sim.verbs import compare as verb

    request = verb.CompareRequest(
        scenario=scenario, arms=arms, worlds=worlds, months=months, seed=seed, assignment=assignment,
        saturation=saturation, flip=flip, store=store, out=out, workers=workers, as_json=as_json, profile=profile,
        marginal=marginal,
    )
    typer.echo(verb.compare(request))


@app.command(short_help="Run one possible future and tell what happened.")
def run(
    scenario: ScenarioArgument,
    arm: Annotated[str, typer.Option(metavar="A", help="The strategy of the firm in focus.")] = "aligned",
    months: Months = None,
    seed: Seed = 1,
    store: Store = None,
    as_json: Json = False,
    profile: Annotated[bool, typer.Option(
        "--profile", help="Say how long each step takes a month: on standard error, or in the JSON.")] = False,
) -> None:
    """Run one possible future of a scenario and tell what happened.

    \b
    Examples:
      smbsim run bakery_ordering
      smbsim run bakery_ordering --arm quote --seed 7 --json
      smbsim run bakery_ordering --profile
    """
    from sim.verbs import run as verb

    request = verb.RunRequest(
        scenario=scenario, arm=arm, months=months, seed=seed, store=store, as_json=as_json, profile=profile,
    )
    typer.echo(verb.run(request))


@app.command(short_help="Restate a file in plain words, or point at its mistakes.")
def check(
    file: Annotated[str, typer.Argument(
        metavar="FILE", help="A scenario, firm or strategy file by its path, or a shipped one by its name.")],
    as_json: Json = False,
) -> None:
    """Restate a file in plain words, or point at everything that is wrong with it.

    \b
    Examples:
      smbsim check my_firm.toml
      smbsim check bakery_ordering --json
    """
    from sim.verbs.check import check as check_file
    from sim.verbs.check import problems_json

    try:
        checked = check_file(file)
    except InputError as error:
        if not as_json:
            raise
        typer.echo(problems_json(file, error))
        raise typer.Exit(BAD_INPUT) from None
    typer.echo(checked.as_json() if as_json else checked.text())


@app.command(short_help="List the scenarios that come with the program.")
def scenarios(as_json: Json = False) -> None:
    """List the scenarios that come with the program.

    \b
    Examples:
      smbsim scenarios
      smbsim scenarios --json
    """
    from sim.verbs.listing import listing

    typer.echo(listing(as_json))


@app.command(short_help="Write a commented file for your own firm or plan.")
def new(
    name: Annotated[str, typer.Argument(
        metavar="NAME", help="Name of the firm or plan; NAME.toml is written here.")],
    sector: Annotated[str | None, typer.Option(
        metavar="TRADE", help="Write a plan with the numbers of this trade.")] = None,
    based_on: Annotated[str, typer.Option(
        "--from", metavar="SCENARIO",
        help="Write a firm; the scenario gives what you leave out.")] = "bakery_ordering",
    as_json: Json = False,
) -> None:
    """Write a commented file for your own firm or plan, to be filled in with what you can count.

    \b
    Examples:
      smbsim new plan --sector bakery
      smbsim plan plan.toml
      smbsim new my_firm --from bakery_ordering
      smbsim compare my_firm.toml
    """
    from sim.verbs.new import new_file

    typer.echo(new_file(name, based_on, sector, as_json))


# As above: the options make the head long.
@app.command(short_help="Stress-test a plan before you sign.")
def plan(
    file: Annotated[str, typer.Argument(
        metavar="PLAN", help="The path of a plan file (see `smbsim new`), or the name of a shipped plan.")],
    worlds: Annotated[int, typer.Option(
        parser=whole(1, 100_000, "worlds"), metavar="N",
        help="Possible futures, each lived through under every choice.")] = 1000,
    months: Annotated[int | None, typer.Option(
        parser=whole(6, 120, "months"), metavar="N", help="How far to look ahead; the plan's own if left out.")] = None,
    seed: Seed = 1,
    store: Store = None,
    out: Annotated[str | None, typer.Option(
        metavar="DIR", help="Folder for the report. [default: results/plan_ and the plan's name]")] = None,
    csv: Annotated[str | None, typer.Option(
        metavar="DIR", help="Also write every table as a CSV file into this folder.")] = None,
    xlsx: Annotated[str | None, typer.Option(metavar="FILE", help="Also write an Excel workbook.")] = None,
    workers: Annotated[int | None, typer.Option(
        parser=whole(1, 1024, "processes"), metavar="N",
        help="Processes; as many as there are cores if left out.")] = None,
    as_json: Json = False,
) -> None:
    """Play a plan in many possible futures, against doing nothing and the alternatives, and write a report.

    \b
    Examples:
      smbsim plan bakery_online_orders
      smbsim plan plan.toml --worlds 200 --xlsx plan.xlsx
      smbsim plan plan.toml --months 48 --out report --csv tables
    """
    from sim.verbs import plan as verb

    request = verb.PlanRequest(
        plan=file, worlds=worlds, months=months, seed=seed, store=store, out=out, csv=csv, xlsx=xlsx,
        workers=workers, as_json=as_json,
    )
    typer.echo(verb.plan(request))


@app.command(short_help="Hold the model to known answers, nulls, examples and facts.")
def validate(
    only: Annotated[str | None, typer.Option(
        metavar="GROUP,…", help="Groups: known, nulls, examples, hypotheses, facts. [default: all]")] = None,
    ids: Annotated[str | None, typer.Option(
        "--id", metavar="K1b,…", help="Single checks, by their names.")] = None,
    quick: Annotated[bool, typer.Option(
        "--quick", help="Fewer worlds: what is left open may be decided in full.")] = False,
    seed: Seed = 1,
    out: Annotated[str | None, typer.Option(
        metavar="DIR", help="Folder for the page. [default: results/validation]")] = None,
    workers: Annotated[int | None, typer.Option(
        parser=whole(1, 1024, "processes"), metavar="N",
        help="Processes; as many as there are cores if left out.")] = None,
    as_json: Json = False,
) -> None:
    """Find out anew what must be true of the model; exit code 1 if any check fails.

    \b
    Examples:
      smbsim validate --quick --only known,nulls
      smbsim validate --id K4b,N9
      smbsim validate --json
    """
    from sim.verbs import validate as verb

    said, passed = verb.validate(verb.ValidateRequest(
        only=only, ids=ids, quick=quick, seed=seed, out=out, workers=workers, as_json=as_json,
    ))
    typer.echo(said, nl=bool(said))
    if not passed:
        raise typer.Exit(FAILED)


app.add_typer(cli_sweep.app)
app.add_typer(cli_report.app)
app.add_typer(cli_store.app)


def main() -> None:
    """Entry point of the command."""
    app()


if __name__ == "__main__":
    main()
