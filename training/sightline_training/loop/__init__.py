"""What every recipe shares: the loop, checkpoints, the optimiser, the curve."""
