"""Allocates and frees blocks of mixed sizes, and tells what the allocator gave back."""

import math
import random
import time

# A quarter of what is live are objects of 64 bytes, which CPython packs into arenas of its own.
SMALL_SHARE = 0.25
SMALL = 31  # bytes(31) takes 64.


def churn(resident, size, smallest, largest, cycles, pin_every, trim, seed):
    """`resident` tells the RSS in bytes. Returns the figures; raises MemoryError."""
    trimmer = _trimmer() if trim else None
    chance = random.Random(seed)
    before = resident()
    peaks, pinned, allocations, slowest, live_bytes = [], [], 0, 0.0, 0
    for _ in range(cycles):
        start = time.monotonic()
        blocks, small, live_bytes, made = _fill(chance, size, smallest, largest)
        allocations += made
        peaks.append(resident())
        if pin_every:
            pinned.append(small[::pin_every])
            pinned.append([block for block in blocks[::pin_every] if len(block) <= 4 * smallest])
        chance.shuffle(blocks)
        while blocks:
            blocks.pop()
        del small
        slowest = max(slowest, time.monotonic() - start)
    freed = resident()
    if trimmer is not None:
        trimmer(0)
    trimmed = resident()
    figures = {
        "cycles": cycles,
        "allocations": allocations,
        "liveBytes": live_bytes,
        "rssBefore": before,
        "rssPeakFirst": peaks[0],
        "rssPeakLast": peaks[-1],
        "rssPeakHighest": max(peaks),
        "rssFreed": freed,
        "rssTrimmed": trimmed,
        "pinnedBytes": sum(len(one) for group in pinned for one in group),
        "pinnedBlocks": sum(len(group) for group in pinned),
        "trimmed": 0 if trimmer is None else 1,
        "slowestCycleUs": int(slowest * 1e6),
    }
    return figures, pinned


def _fill(chance, size, smallest, largest):
    """One in four blocks is freed again while the others are made."""
    blocks, small, live, made = [], [], 0, 0
    low, high = math.log(smallest), math.log(largest)
    mixed = size * (1 - SMALL_SHARE)
    while live < mixed:
        length = int(math.exp(chance.uniform(low, high)))
        block = bytearray(length)
        block[::4096] = b"\1" * len(block[::4096])  # A large one comes from mmap and would have no page else.
        blocks.append(block)
        live += length
        # Together they come to their share of what is live.
        count = int(length / mixed * size * SMALL_SHARE / 64) + 1
        small.extend(bytes([one & 255]) * SMALL for one in range(count))
        made += count + 1
        if len(blocks) > 8 and chance.random() < 0.25:
            index = chance.randrange(len(blocks))
            blocks[index], blocks[-1] = blocks[-1], blocks[index]
            live -= len(blocks.pop())
            del small[-count:]
    return blocks, small, live + 64 * len(small), made


def _trimmer():
    """glibc's malloc_trim; None where the C library has none (musl, macOS)."""
    try:
        import ctypes  # Not every Python has it.

        return ctypes.CDLL(None).malloc_trim
    except (ImportError, OSError, AttributeError):
        return None
