import pytest

from articles.models import ArticleTechnique, Assessment, Term
from tests import factories

pytestmark = pytest.mark.django_db


def test_rows_of_a_page_are_called_what_people_call_them() -> None:
    factories.published(factories.technique_content())
    factories.draft(factories.article_content(techniques=("do-nothing",)))
    factories.draft(factories.glossary_content())
    assert str(ArticleTechnique.objects.get()) == "Do nothing: Removal"
    assert str(Assessment.objects.get()) == "Do nothing for Milia: Very low certainty"
    assert str(Term.objects.get()) == "Keratin"
