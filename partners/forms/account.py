from ctg.web.forms import HouseModelForm

from ..models import User


class NameForm(HouseModelForm[User]):
    class Meta:
        model = User
        fields = ("first_name", "last_name")
