"""The verbs that show what is stored: report, figures."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from sim.options import WHO, Months, Saturation, ScenarioArgument, Seed, Store, one_of, whole

app = typer.Typer()

Arms = Annotated[str | None, typer.Option(
    "--arms", "--strategies", metavar="A,B,…",
    help="Strategies, as for `smbsim compare`. [default: none,random,own_sake,tactical,aligned]")]
Worlds = Annotated[int | None, typer.Option(
    parser=whole(1, 100_000, "worlds"), metavar="N", help="Possible futures; all that are stored if left out.")]
AssignmentOption = Annotated[Literal["focal", "whole", "mixed", "chosen"], typer.Option(
    parser=one_of(WHO), metavar="focal|whole|mixed|chosen", help="Who follows the strategy.")]
Out = Annotated[str | None, typer.Option(metavar="DIR", help="Folder. [default: results/ and the study's name]")]


# Options are declared where they are named, which makes the heads of the verbs long.
@app.command(short_help="Rebuild a comparison's report from the store; compute nothing.")
def report(
    scenario: ScenarioArgument,
    arms: Arms = None,
    worlds: Worlds = None,
    months: Months = None,
    seed: Seed = 1,
    assignment: AssignmentOption = "focal",
    saturation: Saturation = None,
    flip: Annotated[bool, typer.Option("--flip", help="With the falsifier beside it.")] = False,
    store: Store = None,
    out: Out = None,
) -> None:
    """Rebuild a comparison's report from the store; nothing is computed.

    \b
    Examples:
      smbsim report bakery_ordering
      smbsim report bakery_ordering --arms none,aligned --out report
    """
    from sim.verbs import report as verb
    from sim.verbs.compare import CompareRequest

    typer.echo(verb.report(CompareRequest(
        scenario, arms=arms, worlds=worlds or 0, months=months, seed=seed, assignment=assignment,
        saturation=saturation, flip=flip, store=store, out=out,
    )))


@app.command(short_help="Draw a study's pictures from the store; compute nothing.")
def figures(
    scenario: Annotated[str, typer.Argument(
        metavar="STUDY", help="A scenario's name, or the path of a scenario, firm or design file.")],
    metric: Annotated[str, typer.Option(metavar="M", help="The measure; see docs/metrics.md.")] = "owner_value_usd",
    form: Annotated[Literal["svg", "png"], typer.Option(
        "--format", parser=one_of(("svg", "png")), metavar="svg|png", help="Format of the files.")] = "svg",
    arms: Arms = None,
    worlds: Worlds = None,
    months: Months = None,
    seed: Seed = 1,
    assignment: AssignmentOption = "focal",
    saturation: Saturation = None,
    store: Store = None,
    out: Out = None,
) -> None:
    """Draw every picture that a study has the data for: effects, fan, survival, diffusion, returns, regret, and for
    designs contrasts and a map. Nothing is computed.

    \b
    Examples:
      smbsim figures bakery_ordering --format png
      smbsim figures experiments/looking_first.toml
    """
    from sim.verbs import report as verb
    from sim.verbs.compare import CompareRequest

    asked = CompareRequest(
        scenario, arms=arms, worlds=worlds or 0, months=months, seed=seed, assignment=assignment,
        saturation=saturation, store=store, out=out,
    )
    typer.echo(verb.figures(verb.FiguresRequest(asked, metric, form)))
