"""Measures the library of sources: `python -m bench.library`, on an empty database.

It is a process of its own, so that its peak of memory is that of the import. It prints one JSON
object. Formatting is measured by the processor, an import by the clock, the database included.
"""

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milia_site.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402 - models need Django set up
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench import agreement  # noqa: E402
from references.csl import read_item  # noqa: E402
from references.formatting import ama_html  # noqa: E402
from references.importing import Outcome, import_records  # noqa: E402
from references.readers import FORMATS  # noqa: E402
from references.writers import ris  # noqa: E402

FORMATTED = 500
FORMATTING_ROUNDS = 7
IMPORTED = 10_000
IMPORT_ROUNDS = 3
KILOBYTES_A_MEGABYTE = 1024


def real_items(number: int) -> Iterator[dict[str, Any]]:
    """So many real sources, as they are stored; they begin again when they end."""
    stored = [read_item(item) for item, _ama in agreement.golden()]
    return islice(cycle(stored), number)


def ris_file(number: int) -> str:
    """A file of so many different sources, made of the real ones."""
    sources = []
    for place, item in enumerate(real_items(number)):
        own = {"title": f"{item['title']} {place}", "DOI": f"10.5555/{place}"}
        kept = {name: value for name, value in item.items() if name not in ("PMID", "PMCID")}
        sources.append((f"source{place}", {**kept, **own}))
    return "".join(ris.write(sources))


def formatting_seconds() -> float:
    """CPU for the entries in HTML, the median of a few rounds."""
    sources = list(real_items(FORMATTED))
    rounds = []
    for _round in range(FORMATTING_ROUNDS):
        start = time.process_time()
        for source in sources:
            ama_html(source)
        rounds.append(time.process_time() - start)
    return statistics.median(rounds)


def import_seconds() -> float:
    """A RIS file read and stored as by `import_references`: the best of a few rounds.

    Whatever else the machine does can only make a round slower.
    """
    call_command("migrate", interactive=False, verbosity=0)
    owner = User.objects.create_superuser("owner", password=None)
    text = ris_file(IMPORTED)
    return min(_import_once(text, owner) for _round in range(IMPORT_ROUNDS))


def _import_once(text: str, owner: User) -> float:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE references_reference CASCADE")
    start = time.perf_counter()
    results = list(import_records(FORMATS["ris"](text), by=owner))
    seconds = time.perf_counter() - start
    if [result.outcome for result in results] != [Outcome.NEW] * IMPORTED:
        raise SystemExit("Some of the measured records were not stored.")
    return seconds


def main() -> None:
    """Measure and print."""
    records_a_second = IMPORTED / import_seconds()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_A_MEGABYTE
    entries, pasted = agreement.of_entries(), agreement.of_pasted_text()
    figures = {
        "imported": IMPORTED,
        "import_records_a_second": records_a_second,
        "import_megabytes": peak,
        "formatted": FORMATTED,
        "formatting_ms": formatting_seconds() * 1000,
        "entries_right": entries.cases - len(entries.different),
        "entries": entries.cases,
        "pasted_right": pasted.cases - len(pasted.different),
        "pasted": pasted.cases,
    }
    json.dump(figures, sys.stdout)


if __name__ == "__main__":
    main()
