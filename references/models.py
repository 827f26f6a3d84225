"""Sources: one row each, held as a CSL-JSON item."""

from django.conf import settings
from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from references.addresses import address
from references.citekeys import ALIAS_PATTERN, CITEKEY_PATTERN, MAX_ALIAS, MAX_CITEKEY
from references.entries import Status, is_unchecked, with_check
from references.notices import Notice, NoticeType, merged, notice_url, notices_of


def _over_csl(sql: str) -> models.Func:
    """A text made from the column `csl`; `sql` names the column as %(expressions)s."""
    return models.Func(models.F("csl"), template=sql, output_field=models.TextField())


class Reference(models.Model):
    """One source. Everything about it stands in `csl`; the other facts are generated from it."""

    citekey = models.CharField(
        _("citekey"),
        max_length=MAX_CITEKEY,
        unique=True,
        error_messages={"unique": _("Another reference has this citekey. Choose another one.")},
        help_text=_("Texts cite the source by this name: [@kurokawa2016]. It never changes."),
    )
    csl = models.JSONField(_("CSL-JSON item"))
    # Derived from `csl` and the notices when either changes, and by `rerender` for a new style.
    status = models.CharField(
        _("status"), max_length=12, choices=Status, db_default=Status.UNCHECKED, editable=False
    )
    entry_html = models.TextField(_("entry"), blank=True, db_default="", editable=False)
    entry_version = models.PositiveIntegerField(db_default=0, editable=False)
    # When every service last answered; absence of a notice proves nothing before or after.
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True, editable=False)
    # Counts saves, so that a second editor cannot overwrite a first one unseen.
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("updated by"),
        on_delete=models.PROTECT,
        related_name="references_updated",
        editable=False,
    )

    title = models.GeneratedField(
        verbose_name=_("title"),
        expression=_over_csl("coalesce(%(expressions)s ->> 'title', '')"),
        output_field=models.TextField(),
        db_persist=True,
    )
    doi = models.GeneratedField(
        verbose_name=_("DOI"),
        expression=_over_csl("lower(coalesce(%(expressions)s ->> 'DOI', ''))"),
        output_field=models.TextField(),
        db_persist=True,
    )
    pmid = models.GeneratedField(
        verbose_name=_("PMID"),
        expression=_over_csl("coalesce(%(expressions)s ->> 'PMID', '')"),
        output_field=models.TextField(),
        db_persist=True,
    )
    # A year of another form is no year, rather than an error of the database's own.
    year = models.GeneratedField(
        verbose_name=_("year"),
        expression=models.Func(
            models.F("csl"),
            template=(
                "substring(%(expressions)s #>> '{issued,date-parts,0,0}'"
                " from '^[0-9]{4}$')::smallint"
            ),
            output_field=models.SmallIntegerField(),
        ),
        output_field=models.SmallIntegerField(null=True),
        db_persist=True,
        null=True,
    )
    container = models.GeneratedField(
        verbose_name=_("published in"),
        expression=_over_csl("coalesce(%(expressions)s ->> 'container-title', '')"),
        output_field=models.TextField(),
        db_persist=True,
    )
    # First author or, without one, the title; short enough for an index.
    sort_key = models.GeneratedField(
        verbose_name=_("sorted as"),
        expression=_over_csl(
            "lower(left(coalesce(%(expressions)s #>> '{author,0,family}',"
            " %(expressions)s #>> '{author,0,literal}',"
            " %(expressions)s ->> 'title', ''), 200))"
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ("sort_key", "citekey")
        indexes = [
            models.Index(fields=["sort_key", "citekey"], name="references_reference_sorted"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(citekey__regex=CITEKEY_PATTERN),
                name="references_reference_citekey_form",
                violation_error_message=_(
                    "A citekey has letters without accents, digits, hyphens and underscores, and "
                    "begins with a letter or digit."
                ),
            ),
            models.CheckConstraint(
                condition=models.Func(
                    models.F("csl"),
                    # "strict", or a list of items would pass; silent, or other JSON would raise.
                    template=(
                        "coalesce(jsonb_path_exists(%(expressions)s,"
                        """ 'strict $.title ? (@.type() == "string" && @ != "")',"""
                        " '{}', true), false)"
                    ),
                    output_field=models.BooleanField(),
                ),
                name="references_reference_has_title",
                violation_error_message=_("A reference is a CSL-JSON item with a title."),
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values),
                name="references_reference_status_known",
            ),
            models.UniqueConstraint(
                fields=["doi"],
                condition=~models.Q(doi=""),
                name="references_reference_doi",
                violation_error_message=_("Another reference has this DOI."),
            ),
            models.UniqueConstraint(
                fields=["pmid"],
                condition=~models.Q(pmid=""),
                name="references_reference_pmid",
                violation_error_message=_("Another reference has this PMID."),
            ),
        ]

    def __str__(self) -> str:
        return self.citekey

    def get_absolute_url(self) -> str:
        """The source's public page."""
        return address("references:detail", self.citekey)

    @property
    def entry(self) -> SafeString:
        """The source as an entry of a list, with its notices and its last check, as HTML."""
        return with_check(self.bare_entry, askable=self.is_askable, checked_at=self.checked_at)

    @property
    def bare_entry(self) -> SafeString:
        """The entry without what is said of sources that were not checked for long."""
        return SafeString(self.entry_html)  # stored output of entry_html

    @property
    def is_unchecked(self) -> bool:
        """Whether the entry says that the source was not checked for long."""
        return is_unchecked(askable=self.is_askable, checked_at=self.checked_at)

    @property
    def is_askable(self) -> bool:
        """Whether the source has an identifier by which services know it."""
        return bool(self.doi or self.pmid)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What was published about the source later: by its own words, then by the services'."""
        found = [row.as_notice() for row in self.found_notices.all()] if self.pk else []
        return merged([*notices_of(self.csl), *found])


class Alias(models.Model):
    """A key by which another program knew a source, and texts may cite it: [@{doi:10.1/2}].

    It has never the form of a citekey, so that no key of a text can mean two sources.
    """

    name = models.CharField(_("name"), max_length=MAX_ALIAS, unique=True)
    reference = models.ForeignKey(Reference, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(name__regex=ALIAS_PATTERN)
                & ~models.Q(name__regex=CITEKEY_PATTERN),
                name="references_alias_form",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FoundNotice(models.Model):
    """A notice about a source that a service told of. It is never taken back by silence."""

    class Service(models.TextChoices):
        CROSSREF = "crossref", _("Crossref")
        PUBMED = "pubmed", _("PubMed")
        RETRACTION_WATCH = "retraction-watch", _("Retraction Watch")

    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="found_notices")
    type = models.CharField(_("type"), max_length=24, choices=NoticeType)
    text = models.CharField(_("where it appeared"), max_length=500)
    doi = models.CharField(_("DOI"), max_length=300, blank=True)
    pmid = models.CharField(_("PMID"), max_length=9, blank=True)
    published = models.CharField(_("published"), max_length=10, blank=True)
    service = models.CharField(_("told by"), max_length=20, choices=Service)
    found_at = models.DateTimeField(_("found"))

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("found_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "type", "doi", "pmid", "text"],
                name="references_foundnotice_once",
            ),
            models.CheckConstraint(
                condition=models.Q(type__in=NoticeType.values),
                name="references_foundnotice_type_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()}: {self.text}"

    def as_notice(self) -> Notice:
        """The notice as entries and pages show it."""
        return Notice(
            type=NoticeType(self.type),
            text=self.text,
            doi=self.doi,
            url=notice_url(self.doi, self.pmid),
            pmid=self.pmid,
            service=str(self.get_service_display()),
            published=self.published,
        )
