"""Learning rates over a run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rising:
    """Up over `warm` samples, level, and down to zero over the last `fall` of it."""

    total: int
    warm: int = 25_600
    fall: float = 0.5

    def __call__(self, seen):
        rising = min(1.0, (seen + 1) / self.warm)
        falling = min(1.0, max(0.0, self.total - seen) / (self.fall * self.total))
        return min(rising, falling)
