from django.urls import path

from ..views import public

urlpatterns = [
    path("plans/<int:pk>/page-publique/", public.public_page_detail, name="public_page_detail"),
    path("plans/<int:pk>/page-publique/regler/", public.public_page_edit, name="public_page_edit"),
    path("plans/<int:pk>/page-publique/apercu/", public.public_page_preview, name="public_page_preview"),
    path("public/<slug:slug>/", public.public_page, name="public_page"),
    path("public/<slug:slug>/qr.svg", public.public_page_qr, name="public_page_qr"),
]
