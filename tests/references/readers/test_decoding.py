"""From bytes to text, whatever program wrote them."""

import pytest

from references.readers import UnreadableFile, decode


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("é".encode(), "é"),
        ("\ufeffTY  - é".encode(), "TY  - é"),
        ("é\n".encode("utf-16"), "é\n"),
        ("é".encode("utf-16-be").join([b"\xfe\xff", b""]), "é"),
        ("Müller, Zoë".encode("latin-1"), "Müller, Zoë"),
        ("“quoted” – dash".encode("cp1252"), "“quoted” – dash"),
        ("皮肤科学杂志，粟丘疹".encode("gbk"), "皮肤科学杂志，粟丘疹"),
        ("TI  - 粟丘疹的治疗\nAU  - 王".encode("gb18030"), "TI  - 粟丘疹的治疗\nAU  - 王"),
        (b"\xe9\xff", "éÿ"),
        (b"a\r\nb\rc", "a\nb\nc"),
        (b"", ""),
        # A control character here and there is what word processors leave behind.
        (b"x" * 99 + b"\x02", "x" * 99 + "\x02"),
    ],
)
def test_a_file_is_read_in_the_encoding_it_was_written_in(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04\x00\x00", "not a text file"),
        (bytes(range(1, 256)), "not a text file"),
        (b"\xff\xfe" + b"\x00\xd8\x01\x02" * 9, "not a text file"),
        (b"x" * 20_000_001, "20 MB"),
    ],
)
def test_what_is_no_text_or_too_large_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        decode(data)
