"""Compiling loops, with a cache that notices every change it depends on.

Numba looks for changes only in the file of the function it caches; a kernel that calls a function of another file
would keep its old form. The cache therefore stands in a folder named after the text of all files that are compiled.

Numba numbers the forms of a function (one for each kind of argument) as they come, so that two processes filling an
empty cache at once could take one number for two forms, and a third would run the wrong one. Here each form has a file
named after what it is; what one process may overwrite of another's list of forms is merely compiled again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numba.core.caching
import numpy as np
from numba import guvectorize, njit, vectorize

HERE = Path(__file__).parent
config: Any = numba.config
caching: Any = numba.core.caching


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a loop or a scalar function, from the cache if nothing it may depend on has changed.

    What is divided by 0 is infinite or no number, as in NumPy: asking at every division costs time.
    """
    with _own_cache():
        return njit(cache=True, error_model="numpy")(function)


def ufunc(scalar: Any, *types: str) -> Any:
    """Make the NumPy ufunc of a compiled scalar function (result type first): the code stays one, so the bits do.

    It is NumPy's own, not Numba's around it, which looks at every argument of every call; and it is made at the first
    call: Numba takes a tenth of a second for each, and whoever reads results calls hardly any. A processor that takes
    several numbers side by side takes every branch for each of them; what overflows in one not meant is nobody's news.
    """

    @cache
    def made() -> Any:
        with _own_cache():
            return vectorize([f"{types[0]}({', '.join(types[1:])})"], cache=True)(scalar.py_func).ufunc

    @wraps(scalar.py_func)
    def quiet(*arrays: Any, **options: Any) -> Any:
        with np.errstate(all="ignore"):
            return made()(*arrays, **options)

    return quiet


def row_ufunc(loop: Callable[..., Any], kind: str, layout: str) -> Any:
    """Make the NumPy function that runs a loop over the last axis; the result comes as the loop's last argument."""
    with _own_cache():
        return guvectorize([kind], layout, cache=True)(loop).ufunc


@cache
def cache_folder() -> str:
    """Folder of the cache: in the package, or below the user's own choice (NUMBA_CACHE_DIR)."""
    alone = [HERE / name for name in ("compiled.py", "numerics.py", "luck.py", "state.py")]
    sources = sorted([*alone, *(HERE / "kernels").glob("*.py"), *(HERE / "formulas").glob("*.py")])
    text = b"\0".join(path.read_bytes() for path in sources)
    base = Path(config.CACHE_DIR) if config.CACHE_DIR else HERE / "__pycache__"
    return str(base / f"compiled-{blake2b(text, digest_size=8).hexdigest()}")


class Forms(caching.IndexDataCacheFile):  # type: ignore[misc]
    """The compiled forms of one function, each in a file named after what it is."""

    def save(self, key: Any, data: Any) -> None:
        """Keep a form: first itself, then the list that tells of it, so that no list tells of what is not there."""
        what = blake2b(repr((key, self._source_stamp)).encode(), digest_size=8).hexdigest()
        name = self._data_name_pattern.replace("{number:d}", what)
        self._save_data(name, data)
        self._save_index(self._load_index() | {key: name})


@contextmanager
def _own_cache() -> Iterator[None]:
    """Let Numba place the caches of functions declared meanwhile in the folder above, a file for each form."""
    before = config.CACHE_DIR, caching.IndexDataCacheFile
    config.CACHE_DIR, caching.IndexDataCacheFile = cache_folder(), Forms
    try:
        yield
    finally:
        config.CACHE_DIR, caching.IndexDataCacheFile = before
