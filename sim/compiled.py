"""Compiling loops, with a cache that notices every change it depends on.

Numba looks for changes only in the file of the function it caches; a kernel that calls a function of another file
would keep its old form. The cache therefore stands in a folder named after the text of all files that are compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numba
from numba import guvectorize, njit, vectorize

HERE = Path(__file__).parent
config: Any = numba.config


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a loop or a scalar function, from the cache if nothing it may depend on has changed."""
    with _own_cache():
        return njit(cache=True)(function)


def ufunc(scalar: Any, *types: str) -> Any:
    """Make the NumPy ufunc of a compiled scalar function (result type first): the code stays one, so the bits do.

    NumPy's own, not Numba's around it, which looks at every argument of every call.
    """
    with _own_cache():
        return vectorize([f"{types[0]}({', '.join(types[1:])})"], cache=True)(scalar.py_func).ufunc


def row_ufunc(loop: Callable[..., Any], kind: str, layout: str) -> Any:
    """Make the NumPy function that runs a loop over the last axis; the result comes as the loop's last argument."""
    with _own_cache():
        return guvectorize([kind], layout, cache=True)(loop).ufunc


@cache
def cache_folder() -> str:
    """Folder of the cache: in the package, or below the user's own choice (NUMBA_CACHE_DIR)."""
    alone = [HERE / name for name in ("numerics.py", "luck.py", "state.py")]
    sources = sorted([*alone, *(HERE / "kernels").glob("*.py"), *(HERE / "formulas").glob("*.py")])
    text = b"\0".join(path.read_bytes() for path in sources)
    base = Path(config.CACHE_DIR) if config.CACHE_DIR else HERE / "__pycache__"
    return str(base / f"compiled-{blake2b(text, digest_size=8).hexdigest()}")


@contextmanager
def _own_cache() -> Iterator[None]:
    """Let Numba place the caches of functions declared meanwhile in the folder above."""
    before, config.CACHE_DIR = config.CACHE_DIR, cache_folder()
    try:
        yield
    finally:
        config.CACHE_DIR = before
