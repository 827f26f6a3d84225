"""Addresses of readers' comments."""

from django.urls import path

from comments import mail_views, own_views, views

app_name = "comments"
urlpatterns = [
    path("on/<slug:kind>/<slug:slug>/", views.comment_list, name="list"),
    path("on/<slug:kind>/<slug:slug>/write/", views.write, name="write"),
    path("on/<slug:kind>/<slug:slug>/send/", views.send, name="send"),
    path("<int:number>/", views.comment, name="comment"),
    path("<int:number>/reply/", views.reply, name="reply"),
    path("<int:number>/flag/", views.flag, name="flag"),
    path("<int:number>/flag/thanks/", views.flagged, name="flagged"),
    path("mine/<str:secret>/", own_views.mine, name="mine"),
    path("mine/<str:secret>/correct/", own_views.correct, name="correct"),
    path("mine/<str:secret>/delete/", own_views.take_back, name="take_back"),
    path("decide/<str:token>/", mail_views.by_mail, name="by_mail"),
    path("deleted/", own_views.deleted, name="deleted"),
]
