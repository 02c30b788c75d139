"""Random numbers that depend on a sample's seed alone, drawn for a whole batch on its device.

Method: counter-based, with the finaliser of SplitMix64 (Steele et al., OOPSLA 2014). Number i of
a purpose is a hash of (seed, purpose, i), so neither the batch around a sample, nor the order of
the draws, nor the device changes it.
"""

import hashlib
from functools import cache

import torch
from torch import Tensor

_GOLDEN = 0x9E3779B97F4A7C15
_FIRST, _SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_GOLDEN_32, _LOW_BIAS = 0x9E3779B9, ((16, 0x7FEB352D), (15, 0x846CA68B))
_BITS = 24  # of a float32's fraction, so that no number rounds up to 1


def fork(seeds: Tensor, purpose: str) -> Tensor:
    """Seeds (B,) int64 of their own for a purpose, say for the student's view of each sample."""
    return _mixed(seeds.long() ^ _key(purpose))


def uniform(seeds: Tensor, purpose: str, count: int) -> Tensor:
    """`count` numbers for each seed, (B, count) float32 in [0, 1)."""
    numbers = torch.arange(1, count + 1, device=seeds.device)
    bits = _mixed(fork(seeds, purpose).unsqueeze(1) + numbers * _signed(_GOLDEN, 64))
    return _shifted(bits, 64 - _BITS).float() * 2.0**-_BITS


def white_noise(seeds: Tensor, purpose: str, count: int) -> Tensor:
    """Many numbers of mean 0 and deviation 1, uniform, (B, count) float32.

    Hashed in 32 bits (the finaliser `lowbias32` of Wellons), ten times faster than `uniform`.
    """
    bits = torch.arange(count, device=seeds.device, dtype=torch.int32) * _signed(_GOLDEN_32, 32)
    bits = bits ^ _low_half(fork(seeds, purpose)).unsqueeze(1)
    for shift, factor in _LOW_BIAS:
        bits.bitwise_xor_(_shifted(bits, shift, 32)).mul_(_signed(factor, 32))
    bits.bitwise_xor_(_shifted(bits, 16, 32))
    return bits.float().mul_(3**0.5 * 2.0**-31)


def between(numbers: Tensor, low: float, high: float) -> Tensor:
    """Numbers in [0, 1) stretched to [low, high)."""
    return low + (high - low) * numbers


def _mixed(bits: Tensor) -> Tensor:
    bits = (bits ^ _shifted(bits, 30)) * _signed(_FIRST, 64)
    bits = (bits ^ _shifted(bits, 27)) * _signed(_SECOND, 64)
    return bits ^ _shifted(bits, 31)


def _shifted(bits: Tensor, count: int, width: int = 64) -> Tensor:
    """To the right with zeros following; `>>` alone would repeat the sign."""
    return (bits >> count).bitwise_and_((1 << (width - count)) - 1)


def _low_half(bits: Tensor) -> Tensor:
    return ((bits & 0xFFFFFFFF) - (1 << 31)).int()


@cache
def _key(purpose: str) -> int:
    return _signed(int.from_bytes(hashlib.blake2b(purpose.encode(), digest_size=8).digest()), 64)


def _signed(bits: int, width: int) -> int:
    """A number as the signed integer of the same bits."""
    return bits - (1 << width) if bits >> (width - 1) else bits
