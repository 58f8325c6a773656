"""Muon (Jordan et al. 2024): momentum, made orthogonal by Newton-Schulz steps, for matrices and convolutions."""

import torch

from .precision import has_bfloat16
from .trainer import Rate

COEFFICIENTS = (3.4445, -4.7750, 2.0315)


class Muon(torch.optim.Optimizer):
    """For weights of two or more dimensions; a convolution is the matrix out × (in·k·k).

    The step is lr · √max(1, rows / columns) · U, U the nearest semi-orthogonal matrix of the Nesterov momentum.
    """

    def __init__(self, weights, lr=0.02, momentum=0.95, steps=5):
        super().__init__(list(weights), dict(lr=lr, momentum=momentum, steps=steps))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is not None:
                    self._step(weight, group)

    def _step(self, weight, group):
        state = self.state[weight]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(weight)
        gathered = state["momentum"].mul_(group["momentum"]).add_(weight.grad)
        ahead = weight.grad.add(gathered, alpha=group["momentum"])
        update = orthogonalised(ahead.reshape(len(weight), -1), group["steps"])
        rows, columns = update.shape
        weight.add_(update.reshape(weight.shape).to(weight.dtype), alpha=-group["lr"] * max(1.0, rows / columns) ** 0.5)


def orthogonalised(matrix, steps=5):
    """The matrix with its singular values brought near 1, in bfloat16 where the device has it."""
    a, b, c = COEFFICIENTS
    x = matrix.bfloat16() if has_bfloat16(matrix.device) else matrix.float()
    tall = x.shape[0] > x.shape[1]
    x = (x.T if tall else x).contiguous()
    x = x / (x.norm() + 1e-7)
    for _ in range(steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * (gram @ gram)) @ x
    return x.T if tall else x


def rates(matrices, parameters, muon_rate, adam_rate):
    """[Rate, Rate]: Muon for the weights `matrices`, AdamW for those of `parameters` that are not among them."""
    chosen = {id(weight) for weight in matrices}
    others = [parameter for parameter in parameters if id(parameter) not in chosen]
    return [Rate(Muon(matrices), muon_rate), Rate(torch.optim.AdamW(others, weight_decay=0.0), adam_rate)]


def is_matrix(module):
    """Whether Muon is for the module's weight: dense convolutions and linear layers, not depthwise kernels."""
    return isinstance(module, torch.nn.Linear) or (isinstance(module, torch.nn.Conv2d) and module.groups == 1)
