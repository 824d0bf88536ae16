import datetime as dt
import uuid
from typing import IO, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from ctg.documents.letterheads import Part, replace_file
from ctg.documents.models import Letterhead
from ctg.web.forms import HouseForm
from ctg.web.pictures import MOST, PictureError, redraw
from ctg.web.uploads import DOCX, JPEG, PNG, media_type_of
from partners import receipts
from partners.models import User
from partners.tracking import Author

TOO_BIG = "Ce fichier dépasse 5\u00a0Mo. Choisissez-en un plus léger."


class LetterheadForm(HouseForm):
    """A file to put in the place of the one in use; two stand on a page, each under the word of its part.

    `seen` carries the version that the person had before her eyes, `token` tells a form sent twice.
    """

    part: ClassVar[Part]

    file = forms.FileField()
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, letterhead: Letterhead, is_oversized: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, prefix=self.part.value, **kwargs)
        self.letterhead, self.media_type = letterhead, ""
        # A file too big to be kept is missing from what the form reads.
        self.fields["file"].error_messages["required"] = TOO_BIG if is_oversized else "Choisissez un fichier."
        self.fields["seen"].initial = letterhead.version
        self.fields["token"].initial = receipts.fresh_token

    def clean_file(self) -> SimpleUploadedFile:
        """What is kept of the file, under the name that it came with."""
        file = self.cleaned_data["file"]
        return SimpleUploadedFile(file.name, self.read(file))

    def read(self, file: IO[bytes]) -> bytes:
        raise NotImplementedError

    def make(self, user: User, *, by: Author, at: dt.datetime) -> Letterhead:
        """Put the file to use, once for a form sent twice; raise `Conflict` over what somebody changed."""
        seen = self.cleaned_data["seen"] or 0
        file = self.cleaned_data["file"]
        made, _ = receipts.once(
            self.cleaned_data["token"] or uuid.uuid4(),
            user,
            make=lambda: replace_file(
                self.letterhead, self.part, file, self.media_type, seen=seen, by=by, at=at
            ),
            found=lambda pk: Letterhead.objects.editable_by(user).get(pk=pk),
        )
        return made


class LogoForm(LetterheadForm):
    part = Part.LOGO

    file = forms.FileField(
        label="Image du logo",
        help_text=f"PNG ou JPEG, {MOST} points de côté et 5\u00a0Mo au plus\u00a0; le fond devient blanc.",
        widget=forms.FileInput(attrs={"accept": f"{PNG},{JPEG}"}),
    )

    def read(self, file: IO[bytes]) -> bytes:
        if media_type_of(file) not in (PNG, JPEG):
            raise ValidationError(
                "Ce fichier n’est pas une image PNG ou JPEG. Un logo en SVG ou en PDF s’exporte en PNG."
            )
        try:
            picture = redraw(file)
        except PictureError as error:
            raise ValidationError(str(error)) from error
        self.media_type = picture.media_type
        return picture.content


class TemplateForm(LetterheadForm):
    part = Part.TEMPLATE

    file = forms.FileField(
        label="Document Word",
        help_text="Fichier .docx sans macro, 5\u00a0Mo au plus. Un .dotx s’enregistre d’abord en .docx.",
        widget=forms.FileInput(attrs={"accept": f".docx,{DOCX}"}),
    )

    def read(self, file: IO[bytes]) -> bytes:
        from ctg.documents.word.checking import check_template
        from ctg.documents.word.template import TemplateError

        try:
            check_template(file)
        except TemplateError as error:
            raise ValidationError(str(error)) from error
        self.media_type = DOCX
        file.seek(0)
        return file.read()


FORMS: dict[Part, type[LetterheadForm]] = {Part.LOGO: LogoForm, Part.TEMPLATE: TemplateForm}
