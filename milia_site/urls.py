"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from milia_site.search_views import opensearch, search
from milia_site.views import home, media

urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("opensearch.xml", opensearch, name="opensearch"),
    path("admin/", admin.site.urls),
    path("media/<path:name>", media, name="media"),
    path("references/", include("references.urls")),
    path("faq/", include("faq.urls")),
    path("", include("publishing.urls")),
    path("", include("articles.urls")),
]
