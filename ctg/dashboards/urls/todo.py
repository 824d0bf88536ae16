from django.urls import path

from ..views import todo

urlpatterns = [
    path("plans/<int:pk>/a-faire/", todo.todo, name="todo"),
]
