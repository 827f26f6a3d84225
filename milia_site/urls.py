"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from milia_site.search_views import opensearch, search
from milia_site.views import favicon, home, media
from publishing.machines import crawlers, feeds

urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("opensearch.xml", opensearch, name="opensearch"),
    path("favicon.ico", favicon, name="favicon"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("feed.json", feeds.json_feed, name="json_feed"),
    path("feeds/articles.atom", feeds.atom, name="atom"),
    path("admin/", admin.site.urls),
    path("media/<path:name>", media, name="media"),
    path("references/", include("references.urls")),
    path("faq/", include("faq.urls")),
    path("comments/", include("comments.urls")),
    path("", include("publishing.urls")),
    path("", include("articles.urls")),
]
