import io
import json
import resource
import struct
import subprocess
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from publishing import decode_image, uploads
from publishing.decode_image import Refused, decode
from publishing.uploads import RefusedImage, read_image

RED, BLUE = (255, 0, 0), (0, 0, 255)
TURNED_RIGHT = 6  # EXIF: the camera was held upright, so the picture lies on its side
SECRET = b"Patient Jane Roe, Ward 7"
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def two_colours(size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return image


def with_metadata() -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = TURNED_RIGHT
    exif[ExifTags.Base.ImageDescription] = SECRET.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 30.0, 0.0)
    return exif


def metadata_of(image: Image.Image) -> set[str]:
    """What a file says besides its pixels; the JFIF header and a default size are no secrets."""
    harmless = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop", "background"}
    harmless |= {"timestamp", "duration"}
    return {str(key) for key in image.info} - harmless | {str(tag) for tag in image.getexif()}


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size, with no pixels behind it."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 5) + b"IDAT" + b"\0" * 9


def near(colour: Any, wanted: tuple[int, int, int]) -> bool:
    """Equal but for what a lossy format changes."""
    return all(abs(have - want) < 12 for have, want in zip(colour[:3], wanted, strict=True))


# What is taken


@pytest.mark.parametrize(("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_picture_comes_back_upright_and_without_metadata(kind: str, extension: str) -> None:
    data = encoded(two_colours(), kind, exif=with_metadata(), icc_profile=SRGB, xmp=SECRET)
    picture = read_image(data)
    image = Image.open(io.BytesIO(picture.data))
    assert (image.format, image.size) == (kind, (20, 40))
    assert (picture.width, picture.height) == (20, 40)
    assert picture.name.endswith(f".{extension}")
    assert near(image.convert("RGB").getpixel((10, 5)), RED)
    assert near(image.convert("RGB").getpixel((10, 35)), BLUE)
    assert SECRET in data
    assert SECRET not in picture.data
    assert metadata_of(image) == set()


def test_comments_and_texts_in_the_file_are_left_behind() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", SECRET.decode())
    for data in (
        encoded(two_colours(), "JPEG", comment=SECRET),
        encoded(two_colours(), "PNG", pnginfo=texts),
    ):
        picture = read_image(data)
        assert SECRET in data
        assert SECRET not in picture.data
        assert metadata_of(Image.open(io.BytesIO(picture.data))) == set()


@pytest.mark.parametrize("payload", [b"<script>alert(1)</script>", b"PK\x03\x04evil.zip", SECRET])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_hangs_behind_a_picture_is_left_behind(kind: str, payload: bytes) -> None:
    assert payload not in read_image(encoded(two_colours(), kind) + payload).data


def test_the_same_bytes_give_the_same_picture_under_another_name() -> None:
    data = encoded(two_colours(), "JPEG")
    first, second = read_image(data), read_image(data)
    assert first.data == second.data
    assert first.name != second.name


@pytest.mark.parametrize(
    ("mode", "kind", "kept"),
    [
        ("RGBA", "PNG", "RGBA"),
        ("RGBA", "WEBP", "RGBA"),
        ("LA", "PNG", "RGBA"),
        ("1", "PNG", "L"),
        ("L", "JPEG", "L"),
        ("P", "PNG", "P"),
        ("CMYK", "JPEG", "RGB"),
    ],
)
def test_a_picture_keeps_what_its_format_can_hold(mode: str, kind: str, kept: str) -> None:
    picture = decode(encoded(Image.new(mode, (3, 2)), kind))
    assert (picture.format, picture.width, picture.height) == (kind, 3, 2)
    assert Image.open(io.BytesIO(picture.data)).mode == kept


def test_a_transparent_colour_stays_transparent() -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([*RED, *BLUE])
    image.putpixel((1, 0), 1)
    shown = Image.open(io.BytesIO(decode(encoded(image, "PNG", transparency=0)).data))
    assert [shown.getpixel((x, 0)) for x in (0, 1)] == [(*RED, 0), (*BLUE, 255)]


@pytest.mark.parametrize(("sixteen", "eight"), [(0, 0), (0x8000, 0x80), (0xFFFF, 0xFF)])
def test_grey_of_16_bits_is_scaled_not_clipped(sixteen: int, eight: int) -> None:
    data = encoded(Image.new("I;16", (2, 2), sixteen), "PNG")
    assert Image.open(io.BytesIO(decode(data).data)).getpixel((0, 0)) == eight


def test_a_colour_profile_is_applied_before_it_goes() -> None:
    plain = encoded(Image.new("RGB", (2, 2), (40, 90, 200)), "PNG")
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red, green = swapped.index(b"rXYZ"), swapped.index(b"gXYZ")
    wide = bytearray(swapped)
    wide[red : red + 4], wide[green : green + 4] = b"gXYZ", b"rXYZ"
    profiled = encoded(Image.new("RGB", (2, 2), (90, 40, 200)), "PNG", icc_profile=bytes(wide))
    colours = [
        Image.open(io.BytesIO(decode(data).data)).getpixel((0, 0)) for data in (plain, profiled)
    ]
    assert near(colours[1], (40, 90, 200))
    assert colours[0] == (40, 90, 200)


@pytest.mark.parametrize("profile", [b"no profile at all", SRGB[:200]])
def test_a_broken_colour_profile_does_no_harm(profile: bytes) -> None:
    data = encoded(two_colours(), "PNG", icc_profile=profile)
    image = Image.open(io.BytesIO(decode(data).data))
    assert (image.getpixel((0, 0)), image.info) == (RED, {})


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_a_profile_of_other_colours_does_no_harm(mode: str) -> None:
    data = encoded(Image.new(mode, (2, 2)), "JPEG", icc_profile=SRGB)
    assert decode(data).format == "JPEG"


def test_of_a_phones_double_picture_the_first_is_taken() -> None:
    data = encoded(two_colours(), "MPO", save_all=True, append_images=[Image.new("RGB", (9, 9))])
    assert Image.open(io.BytesIO(data)).format == "MPO"
    picture = decode(data)
    image = Image.open(io.BytesIO(picture.data))
    assert (picture.format, image.format, image.size) == ("JPEG", "JPEG", (40, 20))


# What is refused


def refusal(data: bytes) -> str:
    with pytest.raises(RefusedImage) as refused:
        read_image(data)
    return str(refused.value)


DAMAGED = "This cannot be read as a picture. Choose a whole JPEG, PNG or WebP file."
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", SVG, b"<html>", b"GIF89a", encoded(two_colours(), "GIF")]
    + [encoded(two_colours(), name) for name in ("BMP", "TIFF", "ICO", "PDF")],
)
def test_other_files_are_refused(data: bytes) -> None:
    assert refusal(data) == DAMAGED


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_file_that_is_cut_short_is_refused(kind: str) -> None:
    data = encoded(Image.effect_noise((80, 80), 90).convert("RGB"), kind)
    assert refusal(data[: len(data) // 2]) == DAMAGED


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_animation_is_refused(kind: str) -> None:
    frames = [Image.new("RGB", (9, 9), BLUE)]
    data = encoded(two_colours((9, 9)), kind, save_all=True, append_images=frames)
    assert refusal(data) == "This is an animation. Save one picture of it and try again."


def test_a_picture_of_too_many_pixels_is_refused_by_its_header() -> None:
    wanted = "The picture has over 40 megapixels. Save it smaller and try again."
    assert refusal(png_header(8_200, 5_000)) == wanted
    assert refusal(encoded(Image.new("1", (8_200, 5_000)), "PNG")) == wanted


@pytest.mark.parametrize("size", [(12_001, 1), (1, 12_001), (2**31 - 1, 2**31 - 1)])
def test_a_side_that_is_too_long_is_refused_by_its_header(size: tuple[int, int]) -> None:
    wanted = "The picture is over 12,000 pixels wide or high. Save it smaller and try again."
    assert refusal(png_header(*size)) == wanted


def test_the_largest_pictures_are_taken() -> None:
    for size in ((12_000, 1), (1, 12_000), (8_000, 5_000)):
        picture = read_image(encoded(Image.new("1", size), "PNG"))
        assert (picture.width, picture.height) == size


def test_a_file_that_is_too_large_is_not_even_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(subprocess, "run")
    wanted = "The file is over 10 MB. Save the picture smaller and try again."
    assert refusal(b"\0" * (uploads.MAX_BYTES + 1)) == wanted
    uploads.check_size(uploads.MAX_BYTES)


def test_texts_that_swell_when_unpacked_are_refused() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("bomb", "0" * 200_000_000, zip=True)
    data = encoded(two_colours(), "PNG", pnginfo=texts)
    assert len(data) < uploads.MAX_BYTES
    assert refusal(data) == DAMAGED


def test_a_decoder_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "WALL_SECONDS", 0.01)
    wanted = "Reading this picture takes too long. Save it smaller and try again."
    assert refusal(encoded(two_colours(), "PNG")) == wanted


def test_a_decoder_that_breaks_says_why_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    assert refusal(b"\x89PNG\r\n\x1a\n broken") == DAMAGED
    assert [record.name for record in caplog.records] == ["publishing.uploads"]
    assert "the decoder ended with 1, 'PIL.UnidentifiedImageError" in caplog.text


@settings(max_examples=60)
@given(
    st.sampled_from(["JPEG", "PNG", "WEBP"]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_damaged_bytes_give_a_clean_picture_or_an_error(
    kind: str, changes: list[tuple[float, int]]
) -> None:
    data = bytearray(encoded(two_colours(), kind, exif=with_metadata()))
    for place, value in changes:
        data[int(place * (len(data) - 1))] = value
    try:
        picture = decode(bytes(data))
    except Exception:  # the process would end here; whatever Pillow raises is a refusal
        return
    assert metadata_of(Image.open(io.BytesIO(picture.data))) == set()


# The decoder's process


def test_the_decoder_answers_a_line_of_facts_and_then_the_file() -> None:
    head, _line_end, data = decode_image.answer(encoded(two_colours(), "PNG")).partition(b"\n")
    (facts,) = json.loads(head)
    assert facts == {"format": "PNG", "width": 40, "height": 20, "bytes": len(data)}
    assert Image.open(io.BytesIO(data)).size == (40, 20)
    assert decode_image.answer(png_header(12_001, 1)) == b'{"refused": "side"}\n'


def test_the_decoder_refuses_by_code() -> None:
    frames = [Image.new("RGB", (9, 9), BLUE)]
    animation = encoded(two_colours((9, 9)), "WEBP", save_all=True, append_images=frames)
    for data, code in ((png_header(8_200, 5_000), "pixels"), (animation, "frames")):
        with pytest.raises(Refused, match=f"^{code}$"):
            decode(data)


def test_the_decoder_limits_its_memory_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    decode_image.limit_this_process()
    assert limits == {
        resource.RLIMIT_AS: (1_500_000_000, 1_500_000_000),
        resource.RLIMIT_CPU: (20, 20),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_FSIZE: (0, 0),
    }


def test_the_decoder_gets_no_secrets_and_runs_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[list[str], dict[str, str]]] = []
    run = subprocess.run

    def recording(command: list[str], **options: Any) -> Any:
        calls.append((command, options["env"]))
        return run(command, **options)

    monkeypatch.setattr(subprocess, "run", recording)
    read_image(encoded(two_colours(), "PNG"))
    ((command, environment),) = calls
    assert environment == {}
    assert command[1:] == ["-I", "-B", decode_image.__file__]
