"""Block pattern: the fixed picture of building blocks for whatever has no photo."""

from hashlib import sha256
from typing import Final

COLOURS: Final = ("#ffd12e", "#ff6c4c", "#45c99a", "#ffa3d1", "#9bd0ff", "#1746e0", "#12203f", "#dfeaff")
SHAPES: Final = (
    "M0 0h10a10 10 0 0 1-10 10z",  # quarter disc
    "M0 0h10v10A10 10 0 0 1 0 0z",  # wave
    "M0 5a5 5 0 0 1 10 0z",  # half disc
    "M5 0a5 5 0 0 1 0 10a5 5 0 0 1 0-10z",  # disc
    "M0 0h10L0 10z",  # triangle
    "M0 0h10v3.4H0zM0 6.7h10v3.3H0z",  # stripes
    "M0 10V0h3.4v3.3h3.3v3.4H10V10z",  # stairs
    "M0 10V5a5 5 0 0 1 10 0v5H7V5a2 2 0 0 0-4 0v5z",  # arch
    "M2.5 0L5 2.5L7.5 0L10 2.5V10H0V2.5z",  # crown
    "M0 0h5v5h5v5H5V5H0z",  # checker
)


def pattern(seed: str, cols: int = 3, rows: int = 2) -> str:
    """One decorative SVG of `cols` by `rows` blocks, always the same for the same seed.

    About 1 kB for 3 by 2; flat colours as attributes (no style, so it passes a strict CSP), hidden from
    screen readers. The seed never appears in the answer. Raises ValueError outside 1..12 blocks a side.
    """
    if not (1 <= cols <= 12 and 1 <= rows <= 12):
        raise ValueError(f"a pattern has 1 to 12 blocks a side, not {cols} by {rows}")
    blocks, previous = [], -1
    for index in range(cols * rows):
        block, previous = _block(_four_bytes(seed, index), index % cols * 10, index // cols * 10, previous)
        blocks.append(block)
    return (
        f'<svg viewBox="0 0 {cols * 10} {rows * 10}" preserveAspectRatio="xMidYMid slice" stroke-width=".12"'
        f' aria-hidden="true" focusable="false">{"".join(blocks)}</svg>'
    )


def _four_bytes(seed: str, index: int) -> bytes:
    start = index % 8 * 4
    return sha256(f"{seed}/{index // 8}".encode()).digest()[start : start + 4]


def _block(chance: bytes, x: int, y: int, previous: int) -> tuple[str, int]:
    """One square with one shape on it, and the number of its background colour (never twice in a row)."""
    back = chance[0] % len(COLOURS)
    if back == previous:
        back = (back + 1) % len(COLOURS)
    front = COLOURS[(back + 1 + chance[1] % (len(COLOURS) - 1)) % len(COLOURS)]
    shape = SHAPES[chance[2] % len(SHAPES)]
    drawn = f'<path fill="{front}" stroke="{front}" d="{shape}" transform="translate({x} {y})"/>'
    if quarter_turns := chance[3] % 4:
        drawn = f'<g transform="rotate({90 * quarter_turns} {x + 5} {y + 5})">{drawn}</g>'
    return f'<path fill="{COLOURS[back]}" d="M{x} {y}h10.1v10.1h-10.1z"/>{drawn}', back
