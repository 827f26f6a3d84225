"""What readers' search finds, the words it knows, and what was sought in vain."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from publishing.models.page import Page
from references.models import Reference

# The language that words are brought to their stem in.
CONFIG = "english"
BRIEF = (
    SearchVector("title", weight="A", config=CONFIG)
    + SearchVector("names", weight="A", config=CONFIG)
    + SearchVector("summary", weight="B", config=CONFIG)
    + SearchVector("about", weight="C", config=CONFIG)
)
MAX_WORD = 40  # characters
MAX_MISS = 80  # characters


class SearchEntry(models.Model):
    """One thing that a reader can find: a live page, a part of one, or a source that one cites.

    Made anew from live revisions whenever one goes live or goes (publishing.search.index).
    """

    page = models.ForeignKey(
        Page, null=True, on_delete=models.CASCADE, related_name="search_entries"
    )
    reference = models.OneToOneField(
        Reference, null=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    kind = models.CharField(_("kind"), max_length=20)
    slug = models.CharField(_("address"), max_length=100)
    # The place on the page, for a part of it such as a glossary term.
    anchor = models.CharField(max_length=100, blank=True, default="")
    title = models.TextField(_("title"))
    names = models.TextField(_("other names"), blank=True, default="")  # one a line
    summary = models.TextField(_("summary"), blank=True, default="")
    about = models.TextField(_("title of its condition"), blank=True, default="")
    body = models.TextField(_("text"), blank=True, default="")
    condition = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    # What stands out of an entry: short, so that it is weighed without unpacking a long text.
    brief = models.GeneratedField(
        expression=BRIEF, output_field=SearchVectorField(), db_persist=True
    )
    vector = models.GeneratedField(
        expression=BRIEF + SearchVector("body", weight="D", config=CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        default_permissions = ()  # nobody sees the index but through a search
        indexes = [
            GinIndex(fields=["vector", "brief"], name="publishing_search_vector"),
            models.Index(fields=["kind", "title"], name="publishing_search_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=True, reference__isnull=False)
                | Q(page__isnull=False, reference__isnull=True),
                name="publishing_searchentry_one_source",
            ),
            models.UniqueConstraint(
                fields=["page", "anchor"], name="publishing_searchentry_once_a_place"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word that entries hold, to mend a reader's spelling by."""

    word = models.CharField(_("word"), max_length=MAX_WORD, primary_key=True)
    entries = models.PositiveIntegerField(_("entries"), default=1)  # that held it, roughly

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        default_permissions = ()
        indexes = [GinIndex(OpClass("word", "gin_trgm_ops"), name="publishing_search_trigrams")]

    def __str__(self) -> str:
        return self.word


class SearchMiss(models.Model):
    """Words that were sought and found nothing: how often, and on which day last."""

    words = models.CharField(_("words"), max_length=MAX_MISS, unique=True)
    times = models.PositiveIntegerField(_("times"), default=1)
    last_on = models.DateField(_("last on"))

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        ordering = ("-times", "words")
        constraints = [
            models.CheckConstraint(
                condition=Q(words=Lower("words")) & ~Q(words=""),
                name="publishing_searchmiss_words_are_plain",
            ),
            models.CheckConstraint(
                condition=Q(times__gte=1), name="publishing_searchmiss_times_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.words
