from django.urls import path, register_converter

from ctg.documents.exports import Layout
from ctg.documents.views import exports

app_name = "documents"


class LayoutConverter:
    regex = "|".join(Layout)

    def to_python(self, value: str) -> Layout:
        return Layout(value)

    def to_url(self, value: str) -> str:
        return Layout(value)


register_converter(LayoutConverter, "layout")

urlpatterns = [
    path("plans/<int:pk>/exports/<layout:layout>.xlsx", exports.plan_workbook, name="plan_workbook"),
]
