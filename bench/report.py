"""What was measured, as a table and as JSON, beside the limits that it is held to."""

import gzip
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

ARTICLE_CPU_MAX = 8.0  # times the CPU of the bare view
ARTICLE_QUERIES_MAX = 6
LIST_GROWTH_MAX = 1.2  # a list of many pages to a list of few, 20 % more at most
CITED_BY_GROWTH_MAX = 5.0  # its pages are sorted anew for each answer
CITED_BY_QUERIES_MAX = 5
FORMATTING_MAX = 100.0  # milliseconds of CPU for 500 entries
IMPORT_LEAST = 2_000.0  # records a second
IMPORT_MEMORY_MAX = 300.0  # megabytes
ENTRIES_LEAST = 98.0  # per cent
PASTED_LEAST = 95.0  # per cent
DESK_QUERIES_MAX = 15
DESK_GROWTH_MAX = 1.5
COMMENTS_QUERIES_MAX = 12
COMMENTS_GROWTH_MAX = 1.5
PREVIEW_CPU_MAX = 150.0  # milliseconds, findings included
COLUMNS = (
    ("http/s", "requests_per_second", ".0f"),
    ("p50 ms", "http_p50_ms", ".2f"),
    ("p99 ms", "http_p99_ms", ".2f"),
    ("CPU ms", "http_cpu_ms", ".3f"),
    ("p50 ms", "p50_ms", ".2f"),
    ("p99 ms", "p99_ms", ".2f"),
    ("CPU ms", "cpu_ms", ".3f"),
    ("queries", "queries", "d"),
    ("bytes", "bytes", "d"),
    ("gzip", "gzip_bytes", "d"),
)
OVER_HTTP = 4  # so many columns come first; the others are of the process alone
CELL = 7  # characters


@dataclass
class Target:
    """One page of one side, and everything measured of it."""

    name: str
    path: str
    body: bytes
    queries: int
    cpu: list[float] = field(default_factory=list)  # seconds a page, by block
    seconds: list[float] = field(default_factory=list)  # of each answer, within the process
    http_seconds: list[float] = field(default_factory=list)  # of each answer, over HTTP
    http_duration: float = 0.0  # of all tests over HTTP
    http_cpu: float = 0.0  # of the server's processes meanwhile

    def figures(self) -> dict[str, Any]:
        """The measured values; milliseconds but for what says otherwise."""
        return {
            "page": self.name,
            "path": self.path,
            "requests_per_second": len(self.http_seconds) / self.http_duration,
            "http_p50_ms": percentile(self.http_seconds, 50) * 1000,
            "http_p99_ms": percentile(self.http_seconds, 99) * 1000,
            "http_cpu_ms": self.http_cpu / len(self.http_seconds) * 1000,
            "p50_ms": percentile(self.seconds, 50) * 1000,
            "p99_ms": percentile(self.seconds, 99) * 1000,
            "cpu_ms": statistics.median(self.cpu) * 1000,
            "queries": self.queries,
            "bytes": len(self.body),
            "gzip_bytes": len(gzip.compress(self.body, mtime=0)),
        }


@dataclass(frozen=True)
class Limit:
    """A value that must not be passed, or, with `is_least`, be reached."""

    name: str
    value: float
    limit: float
    is_least: bool = False

    @property
    def met(self) -> bool:
        return self.value >= self.limit if self.is_least else self.value <= self.limit


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which so many percent of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def page_limits(
    article: Target, bare: Target, lists: Sequence[tuple[Target, Target]]
) -> tuple[Limit, ...]:
    """The article against the bare view, and each list of many pages against the one of few.

    A list is judged by the time of its answer, in which the database's part is counted too.
    """
    ratio = statistics.median(article.cpu) / statistics.median(bare.cpu)
    served = article.figures()["http_cpu_ms"] / bare.figures()["http_cpu_ms"]
    growth = (
        Limit(
            f"{many.name} ÷ {few.name}, time",
            percentile(many.seconds, 50) / percentile(few.seconds, 50),
            LIST_GROWTH_MAX,
        )
        for few, many in lists
    )
    return (
        Limit("article ÷ bare view, CPU", ratio, ARTICLE_CPU_MAX),
        Limit("article ÷ bare view, CPU over HTTP", served, ARTICLE_CPU_MAX),
        Limit("article, queries", article.queries, ARTICLE_QUERIES_MAX),
        *growth,
    )


def cited_by_limits(few: Target, many: Sequence[Target]) -> Iterator[Limit]:
    """Pages of what cites a source that very many cite, against one of a source that few cite."""
    for target in many:
        growth = percentile(target.seconds, 50) / percentile(few.seconds, 50)
        yield Limit(f"{target.name}, queries", target.queries, CITED_BY_QUERIES_MAX)
        yield Limit(f"{target.name} ÷ {few.name}, time", growth, CITED_BY_GROWTH_MAX)


def library_limits(figures: Mapping[str, float]) -> Iterator[Limit]:
    """The speed of the library of sources, and how often it is right."""
    entries = f"{figures['formatted']:,.0f} AMA entries"
    imported = f"import of {figures['imported']:,.0f} RIS records"
    speed = figures["import_records_a_second"]
    yield Limit(f"{entries}, CPU ms", figures["formatting_ms"], FORMATTING_MAX)
    yield Limit(f"{imported}, records/s", speed, IMPORT_LEAST, is_least=True)
    yield Limit(f"{imported}, MB of memory", figures["import_megabytes"], IMPORT_MEMORY_MAX)
    for name, key, least in (
        ("AMA entries as citeproc-js prints them", "entries", ENTRIES_LEAST),
        ("pasted references right in all fields", "pasted", PASTED_LEAST),
    ):
        right, cases = figures[f"{key}_right"], figures[key]
        full_name = f"{name}, {right:.0f} of {cases:.0f}, %"
        yield Limit(full_name, right / cases * 100, least, is_least=True)


def desk_limits(figures: Mapping[str, float], places: Sequence[str], sizes: str) -> Iterator[Limit]:
    """The desk's pages on a large site against a small one, and the preview of a long article."""
    for name in places:
        yield Limit(f"desk: {name}, queries", figures[f"{name}_queries"], DESK_QUERIES_MAX)
        for what, key in (("CPU", "cpu_growth"), ("time", "time_growth")):
            full_name = f"desk: {name}, {sizes}, {what}"
            yield Limit(full_name, figures[f"{name}_{key}"], DESK_GROWTH_MAX)
    name = "desk: live preview and findings of 1,500 words, CPU ms"
    yield Limit(name, figures["preview_cpu_ms"], PREVIEW_CPU_MAX)


def comment_limits(
    figures: Mapping[str, float], places: Sequence[str], sizes: str
) -> Iterator[Limit]:
    """Pages and the queue with very many comments against those with few."""
    for name in places:
        queries = figures[f"{name}_queries"]
        yield Limit(f"comments: {name}, queries", queries, COMMENTS_QUERIES_MAX)
        yield Limit(f"comments: {name}, queries more", figures[f"{name}_more_queries"], 0)
        for what, key in (("CPU", "cpu_growth"), ("time", "time_growth")):
            growth = figures[f"{name}_{key}"]
            yield Limit(f"comments: {name}, {sizes}, {what}", growth, COMMENTS_GROWTH_MAX)


def table(targets: Sequence[Target], held_to: Sequence[Limit]) -> str:
    """Both tables, for people."""
    return "\n".join([*_measured_lines(targets), "", *limit_lines(held_to), ""])


def _measured_lines(targets: Sequence[Target]) -> Iterator[str]:
    width = max(len(target.name) for target in targets)
    over_http = OVER_HTTP * (CELL + 1)
    within = (len(COLUMNS) - OVER_HTTP) * (CELL + 1)
    yield f"{'':{width}}{' over HTTP ':─^{over_http}} {' in the process ':─^{within - 1}}"
    yield " ".join([" " * width, *(f"{title:>{CELL}}" for title, _key, _form in COLUMNS)])
    for target in targets:
        figures = target.figures()
        cells = (f"{figures[key]:>{CELL}{form}}" for _title, key, form in COLUMNS)
        yield " ".join([f"{target.name:{width}}", *cells])


def limit_lines(held_to: Sequence[Limit]) -> Iterator[str]:
    """Each limit with its value and whether it is met."""
    width = max(len(limit.name) for limit in held_to)
    for limit in held_to:
        verdict = "met" if limit.met else "MISSED"
        side = "at least" if limit.is_least else "at most"
        held = f"{limit.value:9,.2f}  {side:>8} {limit.limit:8,.2f}"
        yield f"{limit.name:{width}} {held}  {verdict}"


def as_json(
    targets: Sequence[Target], held_to: Sequence[Limit], library: Mapping[str, float]
) -> dict[str, Any]:
    """Everything, for programs."""
    return {
        "pages": [target.figures() for target in targets],
        "library": dict(library),
        "limits": [{**asdict(limit), "met": limit.met} for limit in held_to],
    }
