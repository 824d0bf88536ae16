import datetime as dt
import uuid
from typing import Any, ClassVar

from django import forms

from ctg.web.file_forms import FileOrAddress, page_address
from partners import receipts
from partners.editing import TrackedForm
from partners.tracking import Author

from .. import attaching
from ..models import Attachment


class AttachmentForm(TrackedForm[Attachment]):
    """What one says of a document; a coordination also chooses who reads it."""

    class Meta:
        model = Attachment
        fields: tuple[str, ...] = ("title", "kind", "audience")
        widgets: ClassVar[dict[str, type[forms.Widget]]] = {"audience": forms.RadioSelect}
        help_texts: ClassVar[dict[str, str]] = {"title": "Pas de nom de bénéficiaire."}

    def __init__(self, *args: Any, coordinates: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not coordinates:
            del self.fields["audience"]

    def values(self) -> dict[str, Any]:
        """Whoever may not choose the readers leaves them as they are."""
        answered = set(self._meta.fields or ()) & set(self.fields) - self.left_to_others
        return {name: self.cleaned_data[name] for name in answered}


class LinkForm(AttachmentForm):
    """The same for a link, which leads where one says."""

    url = forms.CharField(label="Adresse de la page")

    class Meta(AttachmentForm.Meta):
        fields = ("title", "kind", "url", "audience")

    def clean_url(self) -> str:
        return page_address(self.cleaned_data["url"])


class NewAttachmentForm(FileOrAddress, AttachmentForm):
    title = forms.CharField(
        label="Titre",
        max_length=200,
        help_text="Sans titre, le document porte le nom du fichier. Pas de nom de bénéficiaire.",
        required=False,
    )

    field_order = ("file", "url", "title", "kind", "audience")

    class Meta(AttachmentForm.Meta):
        fields = ("title", "kind", "audience", "url")

    def create(self, *, by: Author, at: dt.datetime) -> Attachment:
        """Keep what was sent; sent twice, it is kept once."""
        assert by.user is not None
        made, _ = receipts.once(
            self.cleaned_data["token"] or uuid.uuid4(),
            by.user,
            make=lambda: self._attach(by, at),
            found=lambda pk: self._made_before(pk, by),
        )
        return made

    def _attach(self, by: Author, at: dt.datetime) -> Attachment:
        file = self.cleaned_data["file"]
        if file:
            return attaching.attach_file(self.instance, file, self.media_type, by=by, at=at)
        return attaching.attach_address(self.instance, by=by, at=at)
