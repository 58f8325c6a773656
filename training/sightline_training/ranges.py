"""The range that 256 steps are spread over, from what an activation was seen to be.

`minmax` takes all; `percentile` leaves out the rarest hundred-thousandth at each end; `mse` cuts where rounding and cutting together cost least.
"""

import torch

METHODS = ("minmax", "percentile", "mse")
BINS = 4096
RARE = 1e-5
STEPS = 255


class Ranges:
    """Of one activation: first `widen` with every value, then `fill` with every value again, then `chosen`."""

    def __init__(self, method):
        if method not in METHODS:
            raise ValueError(f"method {method!r}: one of {', '.join(METHODS)}")
        self._method = method
        self._low, self._high = 0.0, 0.0
        self._counts = torch.zeros(BINS, dtype=torch.float64)

    def widen(self, values):
        self._low = min(self._low, float(values.min()))
        self._high = max(self._high, float(values.max()))

    def fill(self, values):
        if self._high > self._low:
            self._counts += torch.histc(values.float().flatten(), BINS, self._low, self._high).double()

    def chosen(self):
        """(low, high), with 0 between them."""
        if self._method == "minmax" or not self._counts.any():
            return self._low, self._high
        return self._percentile() if self._method == "percentile" else self._least_error()

    def _percentile(self):
        shares = self._counts.cumsum(0) / self._counts.sum()
        edges = torch.linspace(self._low, self._high, BINS + 1, dtype=torch.float64)
        low = edges[int((shares <= RARE).sum())]
        high = edges[BINS - int((1 - shares < RARE).sum()) + 1] if bool((1 - shares[:-1] < RARE).any()) else edges[BINS]
        return min(float(low), 0.0), max(float(high), 0.0)

    def _least_error(self):
        width = (self._high - self._low) / BINS
        centres = self._low + width * (torch.arange(BINS, dtype=torch.float64) + 0.5)
        best = None
        for part in torch.linspace(0.4, 1.0, 61):
            low, high = self._low * float(part), self._high * float(part)
            step = (high - low) / STEPS
            cut = torch.clamp(centres, low, high) - centres
            error = float((self._counts * (cut**2 + step**2 / 12)).sum())
            if best is None or error < best[0]:
                best = (error, low, high)
        return best[1], best[2]
