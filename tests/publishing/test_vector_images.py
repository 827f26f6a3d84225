"""Drawings from the content folder: shapes and words, and nothing else."""

import pytest

from publishing.vector_images import MAX_BYTES, RefusedDrawing, read_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20">'


def drawing(inside: str = "", head: str = HEAD) -> bytes:
    return f"{head}{inside}</svg>".encode()


def test_a_drawing_of_shapes_is_taken_as_it_is() -> None:
    data = drawing('<g><rect width="1" height="1" fill="url(#a)"/><text>x</text></g>')
    picture = read_svg(data)
    assert (picture.data, picture.width, picture.height) == (data, 10, 20)
    assert picture.name.endswith(".svg")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"x" * (MAX_BYTES + 1), "bytes"),
        (b"<!DOCTYPE svg><svg/>", "DOCTYPE"),
        (b'<!ENTITY a "b"><svg/>', "DOCTYPE"),
        (b"<?xml-stylesheet href='x'?><svg/>", "style sheets"),
        (b"<svg", "not SVG"),
        (drawing("<script/>"), "<script>"),
        (drawing("<foreignObject/>"), "<foreignObject>"),
        (drawing("<!-- a comment -->").replace(b"<svg", b"<html"), "not SVG"),
        (drawing('<rect onload="x()"/>'), "onload"),
        (drawing('<rect style="fill:red"/>'), "style"),
        (drawing('<rect xmlns:x="http://www.w3.org/1999/xlink" x:href="#a"/>'), "href"),
        (drawing('<rect fill="url(http://x/)"/>'), "fill"),
        (drawing(head=HEAD.replace('width="10"', "")), "width"),
        (drawing(head=HEAD.replace('"10"', '"wide"')), "width"),
        (drawing(head=HEAD.replace('"10"', '"1e999"')), "width"),
        (drawing(head=HEAD.replace('"10"', '"99999"')), "12,000"),
        (b'<html width="1" height="1"/>', "<html>"),
    ],
)
def test_anything_else_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedDrawing) as refused:
        read_svg(data)
    assert reason in str(refused.value)


def test_a_drawing_is_utf_8_and_its_addresses_are_found_in_any_case() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
    with pytest.raises(RefusedDrawing, match="UTF-8"):
        read_svg(svg.format("").encode("utf-16"))
    with pytest.raises(RefusedDrawing, match="fill"):
        read_svg(svg.format('<path fill="URL(https://evil.test/x)"/>').encode())
