"""One gzip stream out of pieces that were compressed on their own, so that only what changed is made again.

Not one gzip member per piece: curl stops at the second member with an error, wget and Chromium silently show
only the first. Each piece is raw deflate ended by a full flush, which may be followed by any other (RFC 1951
§3.2.3); around all of them stands one header and one checksum (RFC 1952).
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

HEADER: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # deflate, no name, no time, unknown system
LAST_BLOCK: Final = b"\x03\x00"
LEVEL: Final = 6
ONE: Final = 1 << 31  # the polynomial 1 in the bit order of CRC-32
POLYNOMIAL: Final = 0xEDB88320


@dataclass(frozen=True)
class Piece:
    """Compressed text: the signature of what it was made of, and length and checksums of the plain bytes."""

    signature: str
    digest: str
    length: int
    crc: int
    data: bytes

    @classmethod
    def make(cls, signature: str, text: str) -> "Piece":
        plain = text.encode()
        squeeze = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        data = squeeze.compress(plain) + squeeze.flush(zlib.Z_FULL_FLUSH)
        digest = blake2b(plain, digest_size=16).hexdigest()
        return cls(signature, digest, len(plain), zlib.crc32(plain), data)

    def row(self) -> list[Any]:
        """What is stored of it beside the body; `cut` reads it."""
        return [self.signature, self.digest, self.length, self.crc, len(self.data)]


def join(pieces: Sequence[Piece]) -> bytes:
    """The pieces as one gzip file."""
    crc, length = 0, 0
    for piece in pieces:
        crc = _after(crc, piece.crc, piece.length)
        length += piece.length
    ending = crc.to_bytes(4, "little") + (length % 2**32).to_bytes(4, "little")
    return b"".join((HEADER, *(piece.data for piece in pieces), LAST_BLOCK, ending))


def cut(body: bytes | memoryview, rows: Iterable[Sequence[Any]]) -> Iterator[Piece]:
    """The pieces of a body that `join` made, by their stored rows."""
    start = len(HEADER)
    for signature, digest, length, crc, size in rows:
        yield Piece(signature, digest, length, crc, bytes(body[start : start + size]))
        start += size


def etag(pieces: Iterable[Piece]) -> str:
    """The same for the same bytes, as the pieces are cut by the text itself (by week)."""
    return blake2b("".join(piece.digest for piece in pieces).encode(), digest_size=16).hexdigest()


def _after(crc: int, next_crc: int, next_length: int) -> int:
    """CRC-32 of two texts in a row from theirs, as zlib's crc32_combine, which Python does not offer."""
    shift, power = ONE, ONE >> 8  # x^0 and x^8: one byte
    while next_length:
        if next_length & 1:
            shift = _times(power, shift)
        power = _times(power, power)
        next_length >>= 1
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
