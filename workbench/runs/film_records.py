"""The bytes of a film: records that are appended, each with its length and two checksums, so that nothing damaged is believed.

A file begins with `MAGIC`; each record is a header (mark, step, time, length, checksum of the payload, checksum of the header)
and a payload: JSON that names arrays, then the arrays, compressed. Nothing is unpickled. A record that is torn or damaged is
passed over, and reading goes on at the next mark.
"""

from __future__ import annotations

import json
import math
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

MAGIC = b"workbench film 1\n"
MARK = b"\xf1LM\x01"
HEADER = struct.Struct("<4sqdII")  # mark, step, time, length, checksum of the payload
SUM = struct.Struct("<I")
SIZE = HEADER.size + SUM.size
LARGEST = 1 << 28
"""Bytes of a payload, packed or not, at most: a damaged or hostile length takes no memory."""
DTYPES = ("<u2", "<f2", "<f4")
Meta = dict[str, Any]
"""What is said beside the arrays, as JSON."""
Content = tuple[Meta, dict[str, NDArray[Any]]]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a record lies in its file."""

    step: int
    time: float
    offset: int
    length: int
    checksum: int

    @property
    def end(self) -> int:
        """The first byte past it."""
        return self.offset + SIZE + self.length


def pack(meta: Meta, arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """A payload; arrays are little-endian uint16, float16 or float32.

    The high bytes of an array stand before its low ones: they repeat, and so compress.
    """
    named = [{"name": name, "dtype": array.dtype.newbyteorder("<").str, "shape": array.shape} for name, array in arrays.items()]
    text = json.dumps({**meta, "arrays": named}, ensure_ascii=False).encode()
    parts = [struct.pack("<I", len(text)), text]
    for array in arrays.values():
        width = array.dtype.itemsize
        little = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
        parts.append(little.reshape(-1).view(np.uint8).reshape(-1, width).T.tobytes())
    return zlib.compress(b"".join(parts), 1)


def unpack(payload: bytes) -> Content:
    """What was packed.

    Raises:
        ValueError: this was not packed here.
    """
    opened = zlib.decompressobj()
    try:
        content = opened.decompress(payload, LARGEST)
        if not opened.eof:
            raise ValueError("the payload is cut or too large")
        (size,) = struct.unpack_from("<I", content)
        meta: Meta = json.loads(content[4 : 4 + size])
        arrays, place = {}, 4 + size
        for each in meta.pop("arrays"):
            shape = tuple(int(number) for number in each["shape"])
            if each["dtype"] not in DTYPES or min(shape, default=0) < 0:
                raise ValueError("an array of an unknown sort")
            dtype, count = np.dtype(each["dtype"]), math.prod(shape)
            raw = np.frombuffer(content, np.uint8, count * dtype.itemsize, place).reshape(dtype.itemsize, count)
            arrays[each["name"]] = np.ascontiguousarray(raw.T).reshape(-1).view(dtype).reshape(shape)
            place += count * dtype.itemsize
    except (zlib.error, struct.error, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError(f"not a payload: {error}") from error
    return meta, arrays


def record(step: int, time: float, payload: bytes) -> bytes:
    """A record, to be put at the end of a file."""
    header = HEADER.pack(MARK, step, time, len(payload), zlib.crc32(payload))
    return header + SUM.pack(zlib.crc32(header)) + payload


def places(path: Path) -> list[Place]:
    """The whole records of a file by rising step; empty where there is no such file or it is none of ours."""
    try:
        with path.open("rb") as file:
            found = list(_walk(file))
    except OSError:
        return []
    rising: list[Place] = []
    for place in found:
        if not rising or place.step > rising[-1].step:
            rising.append(place)
    return rising


def read(path: Path, wanted: Sequence[Place]) -> list[Content | None]:
    """The content of some records; None for those that are damaged."""
    try:
        with path.open("rb") as file:
            return [_content(file, place) for place in wanted]
    except OSError:
        return [None] * len(wanted)


def _content(file: BinaryIO, place: Place) -> Content | None:
    file.seek(place.offset + SIZE)
    payload = file.read(place.length)
    if zlib.crc32(payload) != place.checksum:
        return None
    try:
        return unpack(payload)
    except ValueError:
        return None


def _walk(file: BinaryIO) -> Iterator[Place]:
    """Every record whose header is sound and whose payload is there; their payloads are not read."""
    size = file.seek(0, 2)
    file.seek(0)
    offset = len(MAGIC)
    if file.read(offset) != MAGIC:
        return
    while offset + SIZE <= size:
        file.seek(offset)
        header = file.read(SIZE)
        mark, step, time, length, checksum = HEADER.unpack_from(header)
        sound = mark == MARK and SUM.unpack_from(header, HEADER.size)[0] == zlib.crc32(header[: HEADER.size])
        if not sound:
            following = _next_mark(file, offset + 1)
            if following < 0:
                return
            offset = following
            continue
        if length > LARGEST or offset + SIZE + length > size:
            return  # torn
        yield Place(step=step, time=time, offset=offset, length=length, checksum=checksum)
        offset += SIZE + length


def _next_mark(file: BinaryIO, offset: int) -> int:
    """Where the next mark stands, or -1."""
    file.seek(offset)
    carry = b""
    while block := file.read(1 << 20):
        found = (carry + block).find(MARK)
        if found >= 0:
            return offset - len(carry) + found
        offset += len(block)
        carry = block[-len(MARK) + 1 :]
    return -1
