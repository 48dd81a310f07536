"""What a run says as TensorBoard reads it: an event file written as its format says, without TensorBoard or TensorFlow.

A file is a row of records: length (8 bytes, little-endian), masked CRC-32C of the length, data, masked CRC-32C of the data
(tensorflow/core/lib/io/record_writer.h). The data are protocol buffers (tensorflow/core/util/event.proto, summary.proto), of
which four messages are written here.
"""

from __future__ import annotations

import os
import socket
import struct
import time
from collections.abc import Mapping
from pathlib import Path

from workbench.contracts.events import Evaluated, Event, Started, Step, numbers_of
from workbench.runs.appending import Appending

POLYNOMIAL = 0x82F63B78
"""Of CRC-32C (Castagnoli), bits reversed: RFC 3720, appendix B.4."""
TABLE = []
for _byte in range(256):
    for _ in range(8):
        _byte = _byte >> 1 ^ (POLYNOMIAL if _byte & 1 else 0)
    TABLE.append(_byte)
PER_STEP = ("loss", "learning_rate", "gradient_norm", "epoch")
GATHERED = 1 << 13
"""Bytes of steps that are written at once."""
START = b"\x08\x01"
"""A SessionLog that says START: what earlier files hold from this step on does not count."""


class EventFile:
    """Takes a run's events and writes those that are curves."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        now = time.time()
        name = f"events.out.tfevents.{int(now):010}.{socket.gethostname()}.{os.getpid()}.{time.monotonic_ns()}"
        self._file, self._due = Appending(folder / name), True
        self._write(_double(1, now) + _bytes(3, b"brain.Event:2"))
        self.flush()

    def take(self, event: Event) -> None:
        """Write the numbers of a step or of an evaluation."""
        if isinstance(event, Step):
            self._write_numbers(event, {f"train/{name}": float(getattr(event, name)) for name in PER_STEP})
        elif isinstance(event, Evaluated):
            self._write_numbers(event, {f"{event.split}/{name}": value for name, value in numbers_of(event.metrics).items()})
            self._due = True
        elif isinstance(event, Started) and event.resumed_from:
            self._write(_double(1, event.time) + _number(2, event.resumed_from + 1) + _bytes(7, START))

    def flush(self) -> None:
        """Write, where a reader waits for it or much has gathered."""
        if self._due or self._file.waiting > GATHERED:
            self._file.flush()
            self._due = False

    def close(self) -> None:
        """Write what is left."""
        self._file.close()

    def _write_numbers(self, event: Event, numbers: Mapping[str, float]) -> None:
        values = b"".join(_bytes(1, _bytes(1, tag.encode()) + _float(2, value)) for tag, value in numbers.items())
        self._write(_double(1, event.time) + _number(2, event.step) + _bytes(5, values))

    def _write(self, data: bytes) -> None:
        length = struct.pack("<Q", len(data))
        self._file.add(length + _checksum(length) + data + _checksum(data))


def crc32c(data: bytes) -> int:
    """CRC-32C of some bytes."""
    value = 0xFFFFFFFF
    for byte in data:
        value = TABLE[(value ^ byte) & 0xFF] ^ value >> 8
    return value ^ 0xFFFFFFFF


def _checksum(data: bytes) -> bytes:
    """The CRC as records hold it: turned and moved, because a CRC of data that hold CRCs is a weak one."""
    value = crc32c(data)
    return struct.pack("<I", ((value >> 15 | value << 17) + 0xA282EAD8) & 0xFFFFFFFF)


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _double(field: int, value: float) -> bytes:
    return _varint(field << 3 | 1) + struct.pack("<d", value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _float(field: int, value: float) -> bytes:
    try:
        return _varint(field << 3 | 5) + struct.pack("<f", value)
    except OverflowError:  # more than a float of four bytes holds
        return _float(field, float("inf") if value > 0 else float("-inf"))
