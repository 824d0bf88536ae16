from django.urls import path

from ..views import feeds

urlpatterns = [
    path("plans/<int:pk>/calendriers/", feeds.feed_list, name="feed_list"),
    path("calendriers/<int:pk>/arreter/", feeds.feed_stop, name="feed_stop"),
    path("calendrier/<str:token>.ics", feeds.feed, name="feed"),
]
