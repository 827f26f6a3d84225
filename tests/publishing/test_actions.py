import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.content import ArticleContent
from articles.models import Article
from publishing import actions, rendering
from publishing.actions import going_live, reviewing, submitting
from publishing.content import Credit
from publishing.errors import (
    AddressTaken,
    NothingChanged,
    NotLive,
    NotPermitted,
    NoValidSignOff,
    OwnText,
    ReasonMissing,
    StaleWorkingCopy,
    SubmitBlocked,
    TextChanged,
    UnknownName,
    WrongState,
)
from publishing.models import (
    Citation,
    Contribution,
    Contributor,
    DraftAuthor,
    Inclusion,
    Page,
    Revision,
    SignOff,
)
from tests import factories

pytestmark = pytest.mark.django_db
State = Revision.State
Decision = SignOff.Decision
CHANGE: dict[str, Any] = {
    "change_kind": Revision.ChangeKind.WORDING,
    "change_note": "Shorter sentences.",
}


def article(slug: str = "removal", **fields: Any) -> ArticleContent:
    return factories.article_content(slug, **fields)


def revision_in(state: str) -> Revision:
    """A revision of an article in a state, reached by the way people take."""
    if state == State.SUBMITTED:
        return factories.submitted(article())
    if state in (State.CHANGES_REQUESTED, State.DECLINED):
        revision = factories.submitted(article())
        decision = Decision.DECLINE if state == State.DECLINED else Decision.REQUEST_CHANGES
        decide(revision, decision=decision, expires_at=None)
    elif state == State.WITHDRAWN:
        revision = factories.submitted(article())
        factories.submitted(article(title="Newer"))
    elif state in (State.APPROVED, State.SCHEDULED):
        revision = factories.approved(article())
        if state == State.SCHEDULED:
            tomorrow = timezone.now() + datetime.timedelta(days=1)
            actions.schedule(
                by=factories.EditorFactory.create(), revision=revision, publish_at=tomorrow
            )
    else:
        revision = factories.published(article())
        if state == State.SUPERSEDED:
            factories.published(article(title="Newer"), **CHANGE)
        if state == State.UNPUBLISHED:
            unpublish(revision)
    revision.refresh_from_db()
    assert revision.state == state
    return revision


def decide(revision: Revision, *, by: User | None = None, **fields: Any) -> SignOff:
    """A decision on a revision that is right in every way but for what `fields` say."""
    right: dict[str, Any] = {
        "sha256": revision.sha256,
        "decision": Decision.APPROVE,
        "statement": "I read it against its sources.",
        "expires_at": timezone.now() + factories.YEAR,
    }
    by = by or factories.ReviewerFactory.create()
    return actions.sign_off(by=by, revision=revision, **(right | fields))


def publish(revision: Revision) -> Revision:
    return actions.publish(by=factories.EditorFactory.create(), revision=revision)


def unpublish(revision: Revision, reason: str = "Out of date.") -> Revision:
    by = factories.EditorFactory.create()
    return actions.unpublish(by=by, page=revision.page, reason=reason)


def submit(revision: Revision) -> Revision:
    by = factories.EditorFactory.create()
    return actions.submit(by=by, page=revision.page, **CHANGE)


def states(page: Page) -> list[str]:
    """The states of a page's revisions, oldest first."""
    return list(page.revisions.order_by("number").values_list("state", flat=True))


OUTCOMES: dict[str, tuple[Any, Any, Any, Any]] = {
    # state: what submitting the same text, signing, publishing and unpublishing it gives
    State.SUBMITTED: (NothingChanged, [State.APPROVED], WrongState, NotLive),
    State.CHANGES_REQUESTED: (
        [State.CHANGES_REQUESTED, State.SUBMITTED],
        WrongState,
        WrongState,
        NotLive,
    ),
    State.DECLINED: ([State.DECLINED, State.SUBMITTED], WrongState, WrongState, NotLive),
    State.WITHDRAWN: (NothingChanged, WrongState, WrongState, NotLive),
    State.APPROVED: (NothingChanged, WrongState, [State.LIVE], NotLive),
    State.SCHEDULED: (NothingChanged, WrongState, [State.LIVE], NotLive),
    State.LIVE: (NothingChanged, WrongState, WrongState, [State.UNPUBLISHED]),
    State.SUPERSEDED: (
        NothingChanged,
        WrongState,
        WrongState,
        [State.SUPERSEDED, State.UNPUBLISHED],
    ),
    State.UNPUBLISHED: ([State.UNPUBLISHED, State.SUBMITTED], WrongState, WrongState, NotLive),
}
ACTIONS: tuple[Callable[[Revision], object], ...] = (submit, decide, publish, unpublish)
TABLE = [
    (state, action, outcome)
    for state, outcomes in OUTCOMES.items()
    for action, outcome in zip(ACTIONS, outcomes, strict=True)
]


def test_the_table_of_states_is_whole() -> None:
    assert list(OUTCOMES) != []
    assert set(OUTCOMES) == set(State.values)


@pytest.mark.parametrize(("state", "action", "outcome"), TABLE)
def test_a_state_permits_exactly_its_actions(
    state: str, action: Callable[[Revision], object], outcome: Any
) -> None:
    revision = revision_in(state)
    before = states(revision.page)
    if isinstance(outcome, list):
        action(revision)
        assert states(revision.page) == outcome
    else:
        with pytest.raises(outcome):
            action(revision)
        assert states(revision.page) == before


def test_only_named_permissions_open_the_actions(editor: User, reviewer: User) -> None:
    waiting = factories.submitted(article("waiting"))
    signed = factories.approved(article("signed"))
    live = factories.published(article("live"))
    version = signed.page.version
    attempts: list[tuple[User, Callable[[User], object]]] = [
        (reviewer, lambda by: actions.submit(by=by, page=waiting.page, **CHANGE)),
        (editor, lambda by: decide(waiting, by=by)),
        (reviewer, lambda by: actions.publish(by=by, revision=signed)),
        (reviewer, lambda by: actions.unpublish(by=by, page=live.page, reason="Old.")),
        (reviewer, lambda by: actions.restore(by=by, revision=signed, version=version)),
    ]
    for person, attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt(person)


def test_an_account_that_was_switched_off_may_do_nothing(editor: User) -> None:
    revision = factories.approved(article())
    root = User.objects.create_superuser("root", is_active=False)
    with pytest.raises(NotPermitted):
        actions.publish(by=root, revision=revision)


# Submitting


def test_a_submitted_revision_is_the_working_copy_word_for_word(editor: User) -> None:
    content = article(title="Milia: removal", techniques=("do-nothing",))
    factories.published(factories.technique_content())
    before = timezone.now()
    revision = factories.submitted(content, change_note="  First version. ")
    assert revision.content == content.to_data()
    assert (revision.number, revision.state, revision.sha256) == (1, "submitted", content.sha256())
    assert (revision.kind, revision.slug, revision.title) == ("article", "removal", content.title)
    assert revision.summary == "Milia are harmless and may be left alone."
    assert revision.condition == Page.objects.get(kind="condition", slug="milia")
    assert (revision.part_of, revision.position) == (None, 0)
    assert (revision.change_kind, revision.change_note) == ("new", "First version.")
    assert revision.submitted_by == editor
    assert before <= revision.submitted_at <= timezone.now()
    assert (revision.published_at, revision.publish_at) == (None, None)


def test_submitting_notes_what_the_text_cites_and_shows() -> None:
    factories.reference("patsatsi2020")
    for slug in ("needle", "laser"):
        factories.published(factories.technique_content(slug))
    content = article(techniques=("needle", "laser"), body="See [@patsatsi2020; @berk2008].")
    revision = factories.submitted(content)
    cited = Citation.objects.filter(revision=revision).values_list("reference__citekey", flat=True)
    assert sorted(cited) == ["berk2008", "patsatsi2020"]
    shown = Inclusion.objects.filter(revision=revision).values_list("page__slug", "position")
    assert list(shown) == [("needle", 0), ("laser", 1)]


def test_a_question_is_submitted_as_a_part_of_its_article() -> None:
    whole = factories.published(article())
    revision = factories.submitted(factories.question_content(article="removal", order=3))
    assert (revision.part_of, revision.position) == (whole.page, 3)


def test_authors_are_all_who_saved_submitted_or_are_credited(editor: User) -> None:
    writer = factories.UserFactory.create(username="writer")
    people = [Contributor.objects.create(slug=slug, name=slug) for slug in ("first", "second")]
    page = factories.draft(article(), by=writer)
    credited = tuple(Credit(contributor=person.slug) for person in reversed(people))
    actions.save_draft(by=writer, content=article(contributors=credited), page=page)
    revision = actions.submit(by=editor, page=page, **CHANGE)
    authors = Contribution.objects.filter(revision=revision)
    assert set(authors.values_list("contributor__slug", "role", "credit_position")) == {
        ("writer", "author", 0),
        ("editor", "author", 0),
        ("second", "author", 1),
        ("first", "author", 2),
    }
    assert not DraftAuthor.objects.filter(page=page).exists()


def test_a_newer_revision_withdraws_the_open_one_and_leaves_the_live_one() -> None:
    live = factories.published(article())
    factories.approved(article(title="Second"), **CHANGE)
    factories.submitted(article(title="Third"), **CHANGE)
    assert states(live.page) == [State.LIVE, State.WITHDRAWN, State.SUBMITTED]


def test_a_scheduled_revision_that_is_withdrawn_has_no_date_left() -> None:
    revision = revision_in(State.SCHEDULED)
    factories.submitted(article(title="Newer"), **CHANGE)
    revision.refresh_from_db()
    assert (revision.state, revision.publish_at) == (State.WITHDRAWN, None)


def test_submitting_needs_a_sentence_on_what_changed(editor: User) -> None:
    page = factories.draft(article())
    with pytest.raises(ReasonMissing, match="Say in one plain sentence what changed"):
        actions.submit(by=editor, page=page, change_kind="new", change_note=" \n")


def test_an_unknown_reference_blocks_submitting(editor: User) -> None:
    page = factories.draft(article(limits="Said [@nobody1999]."))
    with pytest.raises(SubmitBlocked) as caught:
        actions.submit(by=editor, page=page, **CHANGE)
    assert [(problem.place, problem.line) for problem in caught.value.findings] == [("limits", 0)]
    assert "“nobody1999” is not in the library" in caught.value.message
    assert states(page) == []


def test_an_unknown_picture_blocks_submitting_and_names_the_line(editor: User) -> None:
    page = factories.draft(article(body="One.\n\n![A milium](image:missing)"))
    with pytest.raises(SubmitBlocked) as caught:
        actions.submit(by=editor, page=page, **CHANGE)
    assert [(problem.place, problem.line) for problem in caught.value.findings] == [("body", 3)]


def test_heading_ids_stay_from_one_revision_to_the_next() -> None:
    first = factories.submitted(article(body="## After care {#care}\n\nOne.\n\n## Then\n\nTwo."))
    second = factories.submitted(article(body="## Then\n\nTwo.\n\n## After care\n\nOne."), **CHANGE)
    assert rendering.heading_ids_of(first) == {"After care": "h-care", "Then": "h-then"}
    assert rendering.heading_ids_of(second) == rendering.heading_ids_of(first)


def test_a_fault_in_the_middle_of_submitting_leaves_nothing(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = factories.published(article())
    page = factories.draft(article(title="Newer"))
    open_before = list(DraftAuthor.objects.values_list("contributor", flat=True))

    def fail(*_args: object) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(submitting, "_write_inclusions", fail)
    with pytest.raises(OSError, match="The disk is full"):
        actions.submit(by=editor, page=page, **CHANGE)
    assert states(live.page) == [State.LIVE]
    assert list(DraftAuthor.objects.values_list("contributor", flat=True)) == open_before


# Working copies


def test_a_stale_version_is_refused_and_changes_nothing(editor: User) -> None:
    page = factories.draft(article())
    actions.save_draft(by=editor, content=article(title="Mine"), page=page, version=1)
    with pytest.raises(
        StaleWorkingCopy, match="Somebody else saved this page while you were writing"
    ):
        actions.save_draft(by=editor, content=article(title="Theirs"), page=page, version=1)
    stored = Article.objects.get(pk=page.pk)
    assert (stored.title, stored.version) == ("Mine", 2)


def test_a_draft_that_names_nobody_known_is_not_stored(editor: User) -> None:
    factories.published(factories.condition_content())
    content = article(contributors=(Credit(contributor="nobody"),))
    with pytest.raises(UnknownName, match="Contributors: there is nothing called “nobody”"):
        actions.save_draft(by=editor, content=content)
    assert not Article.objects.exists()


def test_saving_by_a_second_person_makes_both_authors_of_the_next_revision(editor: User) -> None:
    page = factories.draft(article(), by=editor)
    second = factories.UserFactory.create(username="second")
    actions.record_edit(by=second, page=page, version=page.version)
    actions.record_author(by=second, page=page)
    authors = DraftAuthor.objects.filter(page=page).values_list("contributor__slug", flat=True)
    assert sorted(authors) == ["editor", "second"]
    assert page.version == 2


@pytest.mark.parametrize(
    ("username", "full_name", "slug", "name"),
    [
        ("Ann.Lee@example.org", "", "annleeexampleorg", "Ann.Lee@example.org"),
        ("under_score", "Una Score", "under-score", "Una Score"),
    ],
)
def test_an_account_gets_a_contributor_at_first_need(
    username: str, full_name: str, slug: str, name: str
) -> None:
    first, _space, last = full_name.partition(" ")
    user = factories.UserFactory.create(username=username, first_name=first, last_name=last)
    made = actions.contributor_of(user)
    assert (made.slug, made.name) == (slug, name)
    assert actions.contributor_of(user) == made


def test_a_contributor_whose_address_is_taken_or_empty_gets_a_number() -> None:
    Contributor.objects.create(slug="ann", name="Ann the first")
    ann = factories.UserFactory.create(username="ann")
    symbols = factories.UserFactory.create(username="@@@")
    assert actions.contributor_of(ann).slug == f"ann-{ann.pk}"
    assert actions.contributor_of(symbols).slug == str(symbols.pk)


# Signing


def author_who_saved(editor: User) -> tuple[User, Revision]:
    person = factories.ReviewerFactory.create(username="both")
    factories.draft(article(), by=person)
    return person, factories.submitted(article(), by=editor)


def author_who_submitted(editor: User) -> tuple[User, Revision]:
    person = factories.UserFactory.create(
        username="both", may=["submit_revision", "sign_off_revision"]
    )
    page = factories.draft(article(), by=editor)
    return person, actions.submit(by=person, page=page, **CHANGE)


def author_who_is_credited(editor: User) -> tuple[User, Revision]:
    person = factories.ReviewerFactory.create(username="both")
    credit = Credit(contributor=actions.contributor_of(person).slug)
    return person, factories.submitted(article(contributors=(credit,)), by=editor)


@pytest.mark.parametrize("author", [author_who_saved, author_who_submitted, author_who_is_credited])
@pytest.mark.parametrize("superuser", [False, True])
def test_no_author_signs_their_own_text(
    editor: User, author: Callable[[User], tuple[User, Revision]], superuser: bool
) -> None:
    person, revision = author(editor)
    person.is_superuser = superuser
    person.save()
    with pytest.raises(OwnText):
        decide(revision, by=person)
    assert states(revision.page) == [State.SUBMITTED]
    assert decide(revision).contribution.role == Contribution.Role.REVIEWER


def test_a_sign_off_says_who_decided_what_on_which_text(reviewer: User) -> None:
    revision = factories.submitted(article())
    until = timezone.now() + factories.YEAR
    signed = decide(revision, scope=SignOff.Scope.CLINICAL, statement=" Read. ", expires_at=until)
    signed.refresh_from_db()
    assert signed.contribution.contributor.user == reviewer
    assert (signed.decision, signed.scope, signed.statement) == ("approve", "clinical", "Read.")
    assert (signed.sha256, signed.expires_at) == (revision.sha256, until)


@pytest.mark.parametrize("decision", [Decision.REQUEST_CHANGES, Decision.DECLINE])
def test_a_refusal_never_expires(decision: str) -> None:
    assert decide(factories.submitted(article()), decision=decision).expires_at is None


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"sha256": "0" * 64}, TextChanged),
        ({"statement": " "}, ReasonMissing),
        ({"expires_at": None}, ReasonMissing),
        ({"expires_at": timezone.now() - datetime.timedelta(days=1)}, ReasonMissing),
    ],
)
def test_a_sign_off_that_is_not_whole_is_refused(fault: Any, error: type[Exception]) -> None:
    revision = factories.submitted(article())
    with pytest.raises(error):
        decide(revision, **fault)
    assert not SignOff.objects.filter(contribution__revision=revision).exists()
    assert states(revision.page) == [State.SUBMITTED]


def test_a_fault_in_the_middle_of_signing_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    revision = factories.submitted(article())
    monkeypatch.setattr(reviewing, "STATE_AFTER", {})
    with pytest.raises(KeyError):
        decide(revision)
    assert not revision.contributions.filter(role="reviewer").exists()


# Publishing


def test_publishing_says_who_and_when_and_supersedes_the_old_revision(editor: User) -> None:
    old = factories.published(article())
    new = factories.approved(article(title="Newer"), **CHANGE)
    before = timezone.now()
    published = actions.publish(by=editor, revision=new)
    assert states(old.page) == [State.SUPERSEDED, State.LIVE]
    assert published.published_by == editor
    assert published.published_at is not None
    assert before <= published.published_at <= timezone.now()


def make_demo() -> None:
    factories.ReviewerFactory.create()
    Contributor.objects.filter(user__username="reviewer").update(demo=True)


@pytest.mark.parametrize("demo_mode", [True, False])
def test_a_demo_sign_off_permits_publishing_in_demo_mode_only(
    settings: Any, demo_mode: bool
) -> None:
    settings.DEMO_MODE = demo_mode
    revision = factories.approved(article())
    make_demo()
    if demo_mode:
        assert publish(revision).state == State.LIVE
    else:
        with pytest.raises(NoValidSignOff, match="demonstration account"):
            publish(revision)


@pytest.mark.parametrize("required", [True, False])
def test_an_expired_sign_off_permits_publishing_only_where_none_is_required(
    settings: Any, monkeypatch: pytest.MonkeyPatch, required: bool
) -> None:
    settings.REVIEW_REQUIRED = required
    revision = factories.approved(article())
    later = timezone.now() + 2 * factories.YEAR
    monkeypatch.setattr(going_live, "database_now", lambda: later)
    if required:
        with pytest.raises(NoValidSignOff):
            publish(revision)
    else:
        assert publish(revision).state == State.LIVE


def test_a_site_without_reviewers_publishes_what_was_submitted(settings: Any) -> None:
    settings.REVIEW_REQUIRED = False
    assert publish(factories.submitted(article())).state == State.LIVE


@pytest.mark.parametrize("state", [State.DECLINED, State.CHANGES_REQUESTED, State.WITHDRAWN])
def test_a_site_without_reviewers_still_publishes_nothing_that_ended(
    settings: Any, state: str
) -> None:
    settings.REVIEW_REQUIRED = False
    with pytest.raises(WrongState):
        publish(revision_in(state))


def test_two_pages_are_never_live_at_one_address() -> None:
    first = factories.published(article())
    Page.objects.filter(pk=first.page_id).update(slug="moved")
    second = factories.approved(article())
    assert second.page_id != first.page_id
    with pytest.raises(AddressTaken, match="“removal”"):
        publish(second)
    assert states(second.page) == [State.APPROVED]


def test_a_fault_in_the_middle_of_publishing_leaves_the_old_revision_live(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = factories.published(article())
    new = factories.approved(article(title="Newer"), **CHANGE)

    def fail(*_args: object, **_options: object) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(Revision, "save", fail)
    with pytest.raises(OSError, match="The disk is full"):
        publish(new)
    assert states(old.page) == [State.LIVE, State.APPROVED]


# Unpublishing and restoring


def test_unpublishing_says_who_when_and_why(editor: User) -> None:
    revision = factories.published(article())
    before = timezone.now()
    gone = unpublish(revision, " Out of date. ")
    assert (gone.state, gone.unpublished_by) == (State.UNPUBLISHED, editor)
    assert gone.unpublish_reason == "Out of date."
    assert gone.unpublished_at is not None
    assert before <= gone.unpublished_at <= timezone.now()


def test_unpublishing_needs_a_reason() -> None:
    revision = factories.published(article())
    with pytest.raises(ReasonMissing, match="Say in one sentence why the page goes"):
        unpublish(revision, " ")
    assert states(revision.page) == [State.LIVE]


def test_restoring_writes_the_old_text_into_the_working_copy_only(editor: User) -> None:
    old = factories.published(article(title="Old"))
    factories.published(article(title="New"), **CHANGE)
    version = Page.objects.get(pk=old.page_id).version
    page = actions.restore(by=editor, revision=old, version=version)
    assert (page.title, page.version) == ("Old", version + 1)
    assert states(old.page) == [State.SUPERSEDED, State.LIVE]
    assert actions.submit(by=editor, page=page, **CHANGE).sha256 == old.sha256


def test_restoring_over_somebody_elses_newer_text_is_refused(editor: User) -> None:
    old = factories.published(article())
    with pytest.raises(StaleWorkingCopy):
        actions.restore(by=editor, revision=old, version=old.page.version + 1)


def test_an_old_address_that_another_page_has_now_is_not_restored(editor: User) -> None:
    old = factories.published(article())
    moved = article(slug="moved")
    page = Page.objects.get(pk=old.page_id)
    actions.save_draft(by=editor, content=moved, page=page)
    factories.draft(article(title="Newcomer"))
    page.refresh_from_db()
    with pytest.raises(AddressTaken):
        actions.restore(by=editor, revision=old, version=page.version)


def test_a_long_account_name_makes_a_contributor() -> None:
    user = factories.UserFactory.create(
        username="a" * 150, first_name="b" * 150, last_name="c" * 150
    )
    made = actions.contributor_of(user)
    assert (len(made.slug), len(made.name)) == (60, 200)
