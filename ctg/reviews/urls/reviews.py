from django.urls import path, register_converter

from ctg.reviews.preparing.sections import SectionConverter
from ctg.reviews.views import highlights, reviews, sections

register_converter(SectionConverter, "section")

urlpatterns = [
    path("plans/<int:pk>/bilans/ajouter/", reviews.review_add, name="review_add"),
    path("bilans/<int:pk>/", reviews.review_detail, name="review_detail"),
    path("bilans/<int:pk>/supprimer/", reviews.review_trash, name="review_trash"),
    path("bilans/<int:pk>/<section:section>/", sections.review_section, name="review_section"),
    path("bilans/<int:pk>/actions/<int:number>/", sections.review_action, name="review_action"),
    path("bilans/<int:pk>/faits-marquants/ajouter/", highlights.highlight_add, name="highlight_add"),
    path("faits-marquants/<int:pk>/modifier/", highlights.highlight_edit, name="highlight_edit"),
    path("faits-marquants/<int:pk>/deplacer/", highlights.highlight_move, name="highlight_move"),
    path("faits-marquants/<int:pk>/supprimer/", highlights.highlight_trash, name="highlight_trash"),
]
