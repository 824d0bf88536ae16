from django.urls import path

from ctg.reviews.views import freezing, register, signature

urlpatterns = [
    path("plans/<int:pk>/bilans/", register.register, name="register"),
    path("plans/<int:pk>/plan-signe/", signature.plan_sign, name="plan_sign"),
    path("plans/<int:pk>/avenants/ajouter/", signature.amendment_add, name="amendment_add"),
    path("plans/<int:pk>/depuis-la-signature/", signature.since_signature, name="since_signature"),
    path(
        "plans/<int:pk>/depuis-la-signature.<paper:file_format>",
        signature.since_signature_document,
        name="since_signature_document",
    ),
    path("bilans/<int:pk>/arreter/", freezing.review_freeze, name="review_freeze"),
    path("documents-figes/<int:pk>/", register.frozen_detail, name="frozen_detail"),
    path("documents-figes/<int:pk>/contenu.json", register.frozen_facts, name="frozen_facts"),
    path("documents-figes/<int:pk>/erratum/", freezing.erratum_add, name="erratum_add"),
    path("documents-figes/fichiers/<int:pk>/", register.frozen_file, name="frozen_file"),
]
