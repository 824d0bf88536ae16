from django import forms

from ctg.web.file_forms import FileOrAddress


class EvidenceForm(FileOrAddress):
    name = forms.CharField(label="Ce que c’est", max_length=200, required=False)
