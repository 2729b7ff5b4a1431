"""One gzip stream out of pieces that were compressed on their own, so that only what changed is made again.

Not one gzip member per piece: curl stops at the second member with an error, wget and Chromium silently show
only the first. Each piece is raw deflate ended by a full flush, which may be followed by any other (RFC 1951
§3.2.3); around all of them stands one header and one checksum (RFC 1952).
"""

import zlib
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Final

from agenda.models.listing import FeedPiece

HEADER: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # deflate, no name, no time, unknown system
LAST_BLOCK: Final = b"\x03\x00"
LEVEL: Final = 6
ONE: Final = 1 << 31  # the polynomial 1 in the bit order of CRC-32
POLYNOMIAL: Final = 0xEDB88320


def piece(position: int, signature: str, text: str) -> FeedPiece:
    """An unsaved piece of this text."""
    plain = text.encode()
    squeeze = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return FeedPiece(
        position=position,
        signature=signature,
        digest=blake2b(plain, digest_size=16).hexdigest(),
        checksum=zlib.crc32(plain),
        length=len(plain),
        data=squeeze.compress(plain) + squeeze.flush(zlib.Z_FULL_FLUSH),
    )


def gzipped(data: Iterable[bytes], checksum: int, length: int) -> bytes:
    """The data of pieces as one gzip file; `checksum` and `length` are those of `total`."""
    ending = checksum.to_bytes(4, "little") + (length % 2**32).to_bytes(4, "little")
    return b"".join((HEADER, *data, LAST_BLOCK, ending))


def total(pieces: Iterable[FeedPiece]) -> tuple[int, int]:
    """CRC-32 and length of the plain text of all of them, without unpacking any."""
    checksum, length = 0, 0
    for one in pieces:
        checksum = _after(checksum, one.checksum, one.length)
        length += one.length
    return checksum, length


def etag(pieces: Iterable[FeedPiece]) -> str:
    """The same for the same bytes, as the pieces are cut by the text itself (by week)."""
    return blake2b("".join(one.digest for one in pieces).encode(), digest_size=16).hexdigest()


def _after(crc: int, next_crc: int, next_length: int) -> int:
    """CRC-32 of two texts in a row from theirs, as zlib's crc32_combine, which Python does not offer."""
    shift = ONE
    for place, power in enumerate(POWERS):
        if next_length >> place & 1:
            shift = _times(power, shift)
    return _times(shift, crc) ^ next_crc


def _times(one: int, other: int) -> int:
    """The product of two polynomials modulo that of CRC-32."""
    product = 0
    while one:
        if one & ONE:
            product ^= other
        one = (one << 1) & 0xFFFFFFFF
        other = (other >> 1) ^ POLYNOMIAL if other & 1 else other >> 1
    return product


def _powers() -> Iterator[int]:
    """What a CRC-32 is multiplied by for 1, 2, 4 … bytes that follow, up to a terabyte."""
    power = ONE >> 8
    for _place in range(40):
        yield power
        power = _times(power, power)


POWERS: Final = tuple(_powers())
