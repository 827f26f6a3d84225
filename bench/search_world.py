"""Fills an empty database with pages to search: `python -m bench.search_world PAGES [FILE]`.

The words are those of the article that is measured elsewhere, some from a list of common ones, and
a few that stand on one page only. Prints how the database finds them. FILE takes the pages as JSON,
one a line, for other programs to search.
"""

import json
import os
import random
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milia_site.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402 - models need Django set up
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.content import ArticleContent  # noqa: E402
from publishing import actions  # noqa: E402
from publishing.models import Contribution, Page, Revision, SearchEntry  # noqa: E402
from publishing.search import index, query  # noqa: E402

BATCH = 500
WORDS_A_PAGE = 1_000
COMMON = (
    "skin milia small cyst white harmless needle laser doctor eye cream newborn keratin patient "
    "study evidence remove forehead cheek weeks months clinic risk scar pain treatment option "
    "gentle surface layer gland pore sun light cold heat wash dry oil water face neck hand arm "
    "leg adult child parent month year day long short high low good poor more less many few first "
    "last"
).split()
SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi zo".split()


def pages(number: int) -> Iterator[dict[str, str]]:
    """Pages of words, the same ones each time; page n alone has the word that `rare(n)` gives."""
    chance = random.Random(20_260_101)  # noqa: S311 - the same texts each time
    known = [rare(place) for place in range(3_000)]
    for place in range(number):
        words = chance.choices(COMMON, k=WORDS_A_PAGE * 4 // 5)
        words += chance.choices(known[1_000:], k=WORDS_A_PAGE // 5)
        chance.shuffle(words)
        words[place % 500] = rare(10_000 + place)
        yield {
            "title": f"{chance.choice(COMMON)} {chance.choice(COMMON)} {rare(1_000 + place % 997)}",
            "standfirst": f"Skin {' '.join(chance.choices(COMMON, k=20))}.",
            "body": f"Treatment {' '.join(words)}.",
        }


def rare(number: int) -> str:
    """A made-up word of its own for each number."""
    base, word = len(SYLLABLES), ""
    for _syllable in range(4):
        number, rest = divmod(number, base)
        word += SYLLABLES[rest]
    return f"{word}x"


def fill(number: int) -> None:
    """Make one page as people do, and copies with other words; then the index."""
    call_command("migrate", interactive=False, verbosity=0)
    author = User.objects.create_superuser("author", password=None)
    content = ArticleContent(
        slug="first",
        title="First",
        key_points=("One.", "Two.", "Three."),
        body="Text.",
        limits="Few.",
    )
    original = actions.submit(
        by=author,
        page=actions.save_draft(by=author, content=content),
        change_kind=Revision.ChangeKind.NEW,
        change_note="Made to be measured.",
    )
    made = enumerate(pages(number))
    while batch := list(islice(made, BATCH)):
        _copy(original, batch)
    index.rebuild()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@transaction.atomic
def _copy(original: Revision, batch: list[tuple[int, dict[str, str]]]) -> None:
    author = original.contributions.get()
    owner, now = original.submitted_by_id, timezone.now()
    homes = Page.objects.bulk_create(
        Page(kind="article", slug=f"page-{place}", title=text["title"], owner_id=owner)
        for place, text in batch
    )
    revisions = Revision.objects.bulk_create(
        Revision(
            page=home,
            number=1,
            state=Revision.State.LIVE,
            content={**original.content, "slug": home.slug, "title": home.title},
            sha256=original.sha256,
            change_kind=original.change_kind,
            change_note=original.change_note,
            kind="article",
            slug=home.slug,
            title=home.title,
            summary=text["standfirst"],
            submitted_by_id=owner,
            submitted_at=now,
            published_by_id=owner,
            published_at=now,
            rendered={"body": _fragment(text["body"])},
        )
        for home, (_place, text) in zip(homes, batch, strict=True)
    )
    Contribution.objects.bulk_create(
        Contribution(revision=revision, contributor_id=author.contributor_id, role=author.role)
        for revision in revisions
    )


def _fragment(text: str) -> dict[str, object]:
    html = f"<p>{text}</p>"
    return {"html": html, "clusters": [], "headings": [], "words": WORDS_A_PAGE, "errors": []}


def main(number: int, file: Path | None) -> None:
    """Fill, and print the plans of the measured searches."""
    fill(number)
    if file:
        lines = (f"{json.dumps(page)}\n" for page in pages(number))
        file.write_text("".join(lines), encoding="utf-8")
    plans = {
        words: query.explain(words) for words in ("skin treatment", rare(10_000 + number // 2))
    }
    json.dump({"entries": SearchEntry.objects.count(), "plans": plans}, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
