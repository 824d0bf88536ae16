from django.urls import path

from ctg.answerbooks.views import answer_books, campaign_books, returned, values

app_name = "answerbooks"

urlpatterns = [
    path("reponses/<int:pk>/classeur/", answer_books.answer_book, name="answer_book"),
    path("reponses/<int:pk>/classeur/fichier/", answer_books.answer_book_file, name="answer_book_file"),
    path("campagnes/<int:pk>/classeurs/", campaign_books.campaign_books, name="campaign_books"),
    path(
        "campagnes/<int:pk>/classeurs/tous/",
        campaign_books.campaign_books_archive,
        name="campaign_books_archive",
    ),
    path("sollicitations/<int:pk>/classeur/", campaign_books.solicitation_book, name="solicitation_book"),
    path("reponses-revenues/<int:pk>/", returned.returned_answers, name="returned_answers"),
    path(
        "reponses-revenues/<int:pk>/reprendre/",
        returned.returned_answers_apply,
        name="returned_answers_apply",
    ),
    path(
        "reponses-revenues/<int:pk>/annote/",
        returned.returned_answers_annotated,
        name="returned_answers_annotated",
    ),
    path("plans/<int:pk>/valeurs/importer/", values.value_import, name="value_import"),
    path("plans/<int:pk>/valeurs/modele/", values.value_import_model, name="value_import_model"),
    path("valeurs-apportees/<int:pk>/", values.dropped_values, name="dropped_values"),
    path("valeurs-apportees/<int:pk>/reprendre/", values.dropped_values_apply, name="dropped_values_apply"),
    path(
        "valeurs-apportees/<int:pk>/annote/",
        values.dropped_values_annotated,
        name="dropped_values_annotated",
    ),
]
