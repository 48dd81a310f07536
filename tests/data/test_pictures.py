"""Files that claim to be pictures: each ends in upright pixels or in words."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.pictures import save_picture
from workbench.contracts.errors import WorkbenchError
from workbench.data.pictures import MOST_BYTES, read_picture

GREY = np.arange(256, dtype=np.uint8).reshape(16, 16)


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims any size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(9))), (b"IEND", b"")]
    parts = [struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks]
    return b"".join([b"\x89PNG\r\n\x1a\n", *parts])


def test_pixels_are_those_of_the_file(tmp_path: Path) -> None:
    path = save_picture(tmp_path / "a.png")
    found = read_picture(path)
    assert np.array_equal(found.pixels, np.asarray(Image.open(path)))
    assert len(found.sha256) == 64
    assert found.remarks == ()


def test_a_single_pixel_is_a_picture(tmp_path: Path) -> None:
    Image.new("RGB", (1, 1), (1, 2, 3)).save(tmp_path / "dot.png")
    assert read_picture(tmp_path / "dot.png").pixels.tolist() == [[[1, 2, 3]]]


def test_a_picture_stands_upright_as_its_camera_says(tmp_path: Path) -> None:
    picture = np.zeros((8, 24, 3), np.uint8)
    picture[:, :8] = 255  # white at the left; turned by a quarter to the right it is white at the top
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(picture).save(tmp_path / "turned.jpg", exif=exif, quality=100)
    pixels = read_picture(tmp_path / "turned.jpg").pixels
    assert pixels.shape == (24, 8, 3)
    assert pixels[:7].min() > 200
    assert pixels[10:].max() < 50


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    rgba = np.zeros((4, 4, 4), np.uint8)
    rgba[:2, :, 3] = 255  # black above, nothing below
    Image.fromarray(rgba).save(tmp_path / "alpha.png")
    palette = Image.fromarray(GREY).quantize(4)
    palette.save(tmp_path / "palette.png", transparency=int(np.asarray(palette)[0, 0]))
    pixels = read_picture(tmp_path / "alpha.png").pixels
    assert pixels[:2].max() == 0
    assert pixels[2:].min() == 255
    assert read_picture(tmp_path / "palette.png").pixels[0, 0].tolist() == [255, 255, 255]


def test_print_colours_and_greys_become_red_green_and_blue(tmp_path: Path) -> None:
    Image.new("CMYK", (4, 4), (0, 255, 255, 0)).save(tmp_path / "print.jpg", quality=100)
    red = read_picture(tmp_path / "print.jpg").pixels[0, 0]
    assert red[0] > 200
    assert red[1:].max() < 60
    Image.fromarray(GREY).save(tmp_path / "grey.png")
    assert np.array_equal(read_picture(tmp_path / "grey.png").pixels[..., 1], GREY)
    Image.fromarray(GREY.astype(np.uint16) * 257).save(tmp_path / "deep.png")
    assert np.array_equal(read_picture(tmp_path / "deep.png").pixels[..., 2], GREY)


def test_of_a_moving_picture_the_first_one_is_looked_at_and_said(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (6, 6), colour) for colour in ("red", "blue", "white")]
    frames[0].save(tmp_path / "moves.gif", save_all=True, append_images=frames[1:])
    found = read_picture(tmp_path / "moves.gif")
    assert found.pixels[0, 0].tolist() == [255, 0, 0]
    assert "first" in found.remarks[0]


def test_what_is_no_picture_ends_in_words(tmp_path: Path) -> None:
    whole = save_picture(tmp_path / "whole.png", 200, 200).read_bytes()
    wild = {
        "text.png": b"I am a text, not a picture.", "empty.png": b"", "cut.png": whole[: len(whole) // 2],
        "flipped.png": whole[:60] + bytes(byte ^ 255 for byte in whole[60:90]) + whole[90:], "hollow.png": claiming(100, 100),
        "huge.png": claiming(20_000, 20_000), "large.png": claiming(9_000, 6_000), "nothing.png": claiming(0, 0),
        "page.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "drawing.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        "signature.png": whole[:8],
        "pickle.png": b"\x80\x04.",
    }  # fmt: skip
    for name, content in wild.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(WorkbenchError) as caught:
            read_picture(path)
        assert caught.value.where == str(path), name
        assert caught.value.mend, name
    for name in ("huge.png", "large.png"):
        with pytest.raises(WorkbenchError, match="too large"):
            read_picture(tmp_path / name)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    for path in (tmp_path / "pipe.png", tmp_path, tmp_path / "missing.png", "\x00.png", "/dev/zero"):
        with pytest.raises(WorkbenchError):
            read_picture(path)


def test_a_file_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "long.png").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(WorkbenchError, match="too large"):
        read_picture(tmp_path / "long.png")
