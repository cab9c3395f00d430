"""The verbs about results stores and about this computer: merge, verify, export, doctor."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.options import FAILED, Json, Store, whole

app = typer.Typer()

StoreArgument = Annotated[str, typer.Argument(metavar="STORE", help="A results store: a file or a database URL.")]


@app.command(short_help="Join results stores into one.")
def merge(
    into: Annotated[str, typer.Argument(metavar="INTO", help="The store that receives; made if it is not there.")],
    sources: Annotated[list[str], typer.Argument(metavar="FROM…", help="Stores to take results from; not changed.")],
    as_json: Json = False,
) -> None:
    """Take over the results of other stores. The same merge again changes nothing.

    A study that means something else in two stores is refused by the name of what differs.

    \b
    Examples:
      smbsim merge all.sqlite shard1.sqlite shard2.sqlite
      smbsim merge results/smbsim.sqlite from_a_colleague.sqlite
    """
    from sim.verbs.merge import merge as merge_stores

    typer.echo(merge_stores(into, sources, as_json))


@app.command(short_help="Check a results store, and compute some of its runs again.")
def verify(
    store: StoreArgument,
    recompute: Annotated[int, typer.Option(
        parser=whole(0, 10_000_000, "runs"), metavar="N",
        help="Compute so many stored runs again and compare every bit.")] = 10,
    as_json: Json = False,
) -> None:
    """Check that a results store holds what it says; exit code 1 if anything differs.

    The file, its references, the hashes of scenarios, arms and runs, and the lengths of series are checked. Then runs
    are computed again from what is stored of them.

    \b
    Examples:
      smbsim verify results/smbsim.sqlite
      smbsim verify from_a_colleague.sqlite --recompute 100
    """
    from sim.verbs.verify import verify as verify_store

    said, sound = verify_store(store, recompute, as_json)
    typer.echo(said)
    if not sound:
        raise typer.Exit(FAILED)


@app.command(short_help="Write a results store as tables for other programs.")
def export(
    store: StoreArgument,
    csv: Annotated[str | None, typer.Option(metavar="DIR", help="Write CSV tables into this folder.")] = None,
    parquet: Annotated[str | None, typer.Option(
        metavar="DIR", help="Write Parquet tables into this folder (needs the extra smbsim[parquet]).")] = None,
    study: Annotated[str | None, typer.Option(metavar="NAME", help="Only this study. [default: all]")] = None,
    as_json: Json = False,
) -> None:
    """Write runs, scalars, series, panels, events and looks as tidy tables, with metadata (RO-Crate) on what they are.

    \b
    Examples:
      smbsim export results/smbsim.sqlite --csv tables
      smbsim export results/smbsim.sqlite --parquet tables
    """
    from sim.verbs.export import ExportRequest
    from sim.verbs.export import export as export_store

    typer.echo(export_store(ExportRequest(store=store, csv=csv, parquet=parquet, study=study, as_json=as_json)))


@app.command(short_help="Check this computer: versions, cores, where results may be kept.")
def doctor(store: Store = None, as_json: Json = False) -> None:
    """Check what smbsim needs of this computer; exit code 1 if something is missing.

    \b
    Examples:
      smbsim doctor
      smbsim doctor --store /scratch/me/results.sqlite --json
    """
    from sim.verbs.doctor import doctor as examine

    said, well = examine(store, as_json)
    typer.echo(said)
    if not well:
        raise typer.Exit(FAILED)
