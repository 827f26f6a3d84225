"""What was measured, as a table and as JSON, beside the limits that it is held to."""

import gzip
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

ARTICLE_CPU_MAX = 8.0  # times the CPU of the bare view
ARTICLE_QUERIES_MAX = 6
LIST_GROWTH_MAX = 1.2  # a list of many pages to a list of few, 20 % more at most
COLUMNS = (
    ("requests/s", "requests_per_second", ".0f"),
    ("http p50 ms", "http_p50_ms", ".2f"),
    ("http p99 ms", "http_p99_ms", ".2f"),
    ("http CPU ms", "http_cpu_ms", ".3f"),
    ("p50 ms", "p50_ms", ".2f"),
    ("p99 ms", "p99_ms", ".2f"),
    ("CPU ms", "cpu_ms", ".3f"),
    ("queries", "queries", "d"),
    ("bytes", "bytes", "d"),
    ("gzip", "gzip_bytes", "d"),
)


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
    """A value that must not be passed."""

    name: str
    value: float
    limit: float

    @property
    def met(self) -> bool:
        return self.value <= self.limit


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which so many percent of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def limits(
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


def table(targets: Sequence[Target], held_to: Sequence[Limit]) -> str:
    """Both tables, for people."""
    return "\n".join([*_measured_lines(targets), "", *_limit_lines(held_to), ""])


def _measured_lines(targets: Sequence[Target]) -> Iterator[str]:
    width = max(len(target.name) for target in targets)
    yield " ".join([" " * width, *(f"{title:>11}" for title, _key, _form in COLUMNS)])
    for target in targets:
        figures = target.figures()
        cells = (f"{figures[key]:>11{form}}" for _title, key, form in COLUMNS)
        yield " ".join([f"{target.name:{width}}", *cells])


def _limit_lines(held_to: Sequence[Limit]) -> Iterator[str]:
    width = max(len(limit.name) for limit in held_to)
    for limit in held_to:
        verdict = "met" if limit.met else "MISSED"
        yield f"{limit.name:{width}}  {limit.value:6.2f}  at most {limit.limit:5.2f}  {verdict}"


def as_json(targets: Sequence[Target], held_to: Sequence[Limit]) -> dict[str, Any]:
    """Everything, for programs."""
    return {
        "pages": [target.figures() for target in targets],
        "limits": [{**asdict(limit), "met": limit.met} for limit in held_to],
    }
