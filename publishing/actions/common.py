"""What all actions share: permissions, locks, and the log."""

from django.contrib.auth.models import AbstractBaseUser, User
from django.utils.text import slugify

from publishing.errors import NotPermitted, WrongState
from publishing.models import Contributor, Event, Page, Revision

MAX_NAME = 200  # characters, as of a contributor
MAX_NAME_IN_SLUG = 60
State = Revision.State
SUBMIT = "publishing.submit_revision"
SIGN_OFF = "publishing.sign_off_revision"
PUBLISH = "publishing.publish_revision"


def contributor_of(user: User) -> Contributor:
    """The contributor behind an account, made at first need."""
    found = Contributor.objects.filter(user=user).first()
    if found is not None:
        return found
    name = slugify(user.get_username()).replace("_", "-")[:MAX_NAME_IN_SLUG].strip("-")
    taken = not name or Contributor.objects.filter(slug=name).exists()
    # Where somebody is made by two requests at once, the second one finds the first one's.
    return Contributor.objects.get_or_create(
        user=user,
        defaults={
            "slug": f"{name}-{user.pk}".strip("-") if taken else name,
            "name": (user.get_full_name() or user.get_username())[:MAX_NAME],
        },
    )[0]


def permit_any(user: AbstractBaseUser, *permissions: str) -> None:
    """NotPermitted unless the account is active and has one of the permissions."""
    if not (isinstance(user, User) and user.is_active and any(map(user.has_perm, permissions))):
        raise NotPermitted


def permit(user: AbstractBaseUser, permission: str) -> None:
    """NotPermitted unless the account is active and has the permission."""
    permit_any(user, permission)


def locked(revision: Revision) -> Revision:
    """The revision as it is now, with its page locked against parallel actions."""
    Page.objects.select_for_update().get(pk=revision.page_id)
    return Revision.objects.select_related("page").get(pk=revision.pk)


def wrong_state(revision: Revision, wanted: str) -> WrongState:
    """The error of an action that another state permits."""
    return WrongState(state=revision.get_state_display(), wanted=str(State(wanted).label))


def record(
    action: Event.Action | str,
    page: Page,
    *,
    by: User | None,
    revision: Revision | None = None,
    detail: str = "",
) -> None:
    """Add a line to the log of the page; `by` is nobody where the site acts by itself."""
    Event.objects.create(
        page_id=page.pk, revision=revision, action=action, account=by, detail=detail
    )
