"""Which blocks lie together on the same kind of page. Never knows how a page is made."""

from __future__ import annotations

from collections.abc import Sequence

from unionrelations.kit.documents import Block, Grid, Heading

Run = tuple[bool, list[Block]]


def runs(blocks: Sequence[Block]) -> list[Run]:
    """Blocks that lie on the same kind of page, in order: (sideways, blocks). A heading goes with its table."""
    found: list[Run] = []
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        looked_at = following if isinstance(block, Heading) else block
        wide = isinstance(looked_at, Grid) and looked_at.wide
        if not found or found[-1][0] != wide:
            found.append((wide, []))
        found[-1][1].append(block)
    return found
