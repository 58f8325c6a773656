"""In which numbers and which layout of memory a device trains networks fastest: bfloat16 where it multiplies those in hardware, float32 elsewhere."""

from functools import lru_cache
from pathlib import Path

import torch


def has_bfloat16(device="cpu"):
    """Whether the device multiplies bfloat16 in hardware: processors with AVX-512 bf16, and GPUs, each of which is taken to."""
    return torch.device(device).type != "cpu" or "avx512_bf16" in _processor()


def autocast(device="cpu"):
    """A context in which networks are computed in bfloat16, or as they are where that would only be emulated: FDFaceNet then takes twenty times as long."""
    return torch.autocast(torch.device(device).type, dtype=torch.bfloat16, enabled=has_bfloat16(device))


def layout(device="cpu"):
    """The memory format for pictures and weights; in float32 on a CPU channels last costs a quarter of the speed."""
    return torch.channels_last if has_bfloat16(device) else torch.contiguous_format


@lru_cache(maxsize=1)
def _processor():
    flags = Path("/proc/cpuinfo")
    return flags.read_text() if flags.is_file() else ""
