"""The verbs about designs: sweep, status, schema."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer

from sim.options import Json, one_of, whole

app = typer.Typer()

SHAPES = ("design", "scenario", "strategy", "firm", "plan")


def _more(text: Any) -> int:
    """A number of further futures, "+20" or "20"."""
    found = re.fullmatch(r"\+?([1-9]\d{0,5})", str(text))
    if found is None:
        raise typer.BadParameter(f"{text!s:.40} is not allowed; write +20 for twenty more futures")
    return int(found[1])


def _shard(text: Any) -> tuple[int, int]:
    """Which part of how many, "1/4"."""
    found = re.fullmatch(r"([1-9]\d{0,3})/([1-9]\d{0,3})", str(text))
    if found is None or int(found[1]) > int(found[2]):
        raise typer.BadParameter(f"{text!s:.40} is not allowed; write 1/4 for the first of four parts")
    return int(found[1]), int(found[2])


# Options are declared where they are named, which makes the heads of the verbs long.
@app.command(short_help="Run a design: every arm at every point, in the same futures.")
def sweep(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The path of a design file; see docs/design-file.md.")],
    dry_run: Annotated[bool, typer.Option(
        "--dry-run", help="Only say how many runs, minutes and MB it takes; a batch is timed here.")] = False,
    expand: Annotated[int | None, typer.Option(
        parser=_more, metavar="+N", help="So many more futures than the file says.")] = None,
    precision: Annotated[str | None, typer.Option(
        metavar="METRIC:HALFWIDTH", help="Stop as soon as every difference is known this well; at five planned looks.",
    )] = None,
    shard: Annotated[Any, typer.Option(
        parser=_shard, metavar="I/N", help="Compute one part of N into a store of its own, to be merged.")] = None,
    workers: Annotated[int | None, typer.Option(
        parser=whole(1, 1024, "processes"), metavar="N",
        help="Processes; as many as there are cores if left out.")] = None,
    store: Annotated[str | None, typer.Option(
        metavar="URL", help="Where runs are kept. [default: results/ and the design's name]")] = None,
    out: Annotated[str | None, typer.Option(
        metavar="DIR", help="Folder for the table of effects. [default: results/ and the design's name]")] = None,
    as_json: Json = False,
) -> None:
    """Run a design: every arm at every point in the same futures. The same command again computes what is missing.

    \b
    Examples:
      smbsim sweep experiments/looking_first.toml --dry-run
      smbsim sweep experiments/looking_first.toml --expand +100
      smbsim sweep experiments/looking_first.toml --precision owner_value_usd:3000
      smbsim sweep experiments/looking_first.toml --shard 1/4
    """
    from sim.verbs import sweep as verb

    request = verb.SweepRequest(
        file=file, dry_run=dry_run, expand=expand or 0, precision=precision, shard=shard, workers=workers, store=store,
        out=out, as_json=as_json,
    )
    typer.echo(verb.sweep(request))


@app.command(short_help="Say how far the studies in a store are.")
def status(
    store: Annotated[str | None, typer.Argument(
        metavar="[STORE]", help="A store. [default: every store in results/]")] = None,
    as_json: Json = False,
) -> None:
    """Say how far the studies in a store are; it may be in use.

    \b
    Examples:
      smbsim status
      smbsim status results/looking_first.sqlite --json
    """
    from sim.verbs.status import status as said

    typer.echo(said(store, as_json))


@app.command(short_help="Print the JSON Schema of a kind of file.")
def schema(
    shape: Annotated[str, typer.Argument(
        parser=one_of(SHAPES), metavar="|".join(SHAPES), help="The kind of file.")],
) -> None:
    """Print the JSON Schema of a kind of file, for an editor.

    \b
    Examples:
      smbsim schema design > design.schema.json
    """
    from sim.verbs.schema import schema_of

    typer.echo(schema_of(shape))
