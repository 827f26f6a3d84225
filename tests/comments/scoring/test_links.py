"""Links, plain and hidden."""

import pytest

from tests.comments.scoring.helpers import codes, scored, shown


@pytest.mark.parametrize(
    ("text", "links", "points"),
    [
        ("See https://a.example/x.", ["https://a.example/x"], 25),
        ("see www.a.example, please", ["www.a.example,"], 25),
        ("see a-b.shop/sale now", ["a-b.shop/sale"], 25),
        ("see (a.com) now", ["a.com"], 25),
        ("http://a.example http://b.example", ["http://a.example", "http://b.example"], 50),
        ("look: bit.ly/abc", ["bit.ly/abc"], 65),
        ("a.com/b.com/c,d.com", ["a.com/b.com/c,d.com"], 25),
        ("look: https://t.co/abc", ["https://t.co/abc"], 65),
        ("the paper is https://doi.org/10.1/x", ["https://doi.org/10.1/x"], 5),
        ("https://pubmed.ncbi.nlm.nih.gov/1", ["https://pubmed.ncbi.nlm.nih.gov/1"], 5),
        ("https://doi.org.evil.example/x", ["https://doi.org.evil.example/x"], 25),
    ],
)
def test_links_count(text: str, links: list[str], points: int) -> None:
    text = f"On milia: {text}"
    assert shown(text) == {"links": links}
    assert scored(text).points == points


@pytest.mark.parametrize(
    "text",
    [
        "I saw it.Then it went.",
        "It cost 3.50 and took 2.5 weeks.",
        "I ask e.g. the nurse, i.e. her.",
        "Either/or. And/or.",
        "See section 4.2/4.3",
    ],
)
def test_full_stops_are_no_links(text: str) -> None:
    assert codes(text) == []


def test_an_e_mail_address_is_no_link() -> None:
    assert codes("write to me@sub.a.com") == ["email"]


@pytest.mark.parametrize("text", ["contact me: nina(at)example.com", "nina at example.com"])
def test_an_address_written_out_is_no_link(text: str) -> None:
    assert codes(text) == ["email"]


def test_a_link_beside_no_word_on_the_subject_counts_more() -> None:
    assert shown("Look at http://a.test and https://doi.org/1") == {
        "links": ["http://a.test", "https://doi.org/1"],
        "links_stray": ["http://a.test"],
    }
    assert scored("Look at http://a.test").points == 85
    assert codes("My skin is better since http://a.test") == ["links"]
    assert codes("Look at https://doi.org/1") == ["links"]


def test_a_very_long_host_is_cut() -> None:
    assert codes("milia " + "x" * 300 + ".com/a") == ["links"]


def test_many_links_count_no_more_than_ten() -> None:
    verdict = scored("Milia " + " ".join(f"http://a{number}.example" for number in range(300)))
    assert (verdict.points, len(verdict.reasons[0].spans)) == (250, 50)


def test_sources_do_not_make_spam() -> None:
    assert not scored(" ".join(["https://doi.org/10.1/x"] * 8)).is_spam


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("hxxp://a.test/x", ["hxxp"]),
        ("go to a[.]test now", ["[.]"]),
        ("go to a (dot) test now", ["(dot)"]),
        ("go to shop(dot)com", ["(dot)"]),
        ("my shop dot com is open", [" dot com"]),
        ("shop . com is open", [" . com"]),
        ("w w w . shop is open", ["w w w . s"]),
        ("[url=x]pills[/url]", ["[url"]),
        ('<a href="x">pills</a>', ["<a href"]),
        ("h t t p : / / shop", ["h t t p : / / "]),
    ],
)
def test_hidden_links_are_seen(text: str, hidden: list[str]) -> None:
    assert shown(text).get("links_hidden", []) == hidden


@pytest.mark.parametrize(
    "text",
    ["They went dot by dot.", "a dot. Common, I think.", "I use [brackets] (often).", "é a.com"],
)
def test_dots_and_brackets_hide_nothing(text: str) -> None:
    assert "links_hidden" not in codes(text)


def test_a_link_in_other_letters_is_hidden() -> None:
    assert shown("ｈｔｔｐ://ａ.example") == {
        "links": ["ｈｔｔｐ://ａ.example"],
        "links_stray": ["ｈｔｔｐ://ａ.example"],
        "links_hidden": ["ｈｔｔｐ://ａ.example"],
        "scripts": ["ｈｔｔｐ"],
    }


def test_a_link_in_place_of_a_name_counts() -> None:
    assert codes("Nice.", name="www.shop.example") == ["links_in_name"]
    assert codes("Nice.", name="best-shop.com") == ["links_in_name"]
    assert codes("Nice.", name="Dr. Anna B.") == []
