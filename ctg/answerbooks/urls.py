from django.urls import URLPattern

app_name = "answerbooks"

urlpatterns: list[URLPattern] = []
