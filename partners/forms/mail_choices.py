from ctg.web.forms import HouseModelForm

from ..models import MailChoice


class MailChoiceForm(HouseModelForm[MailChoice]):
    """Saved by `partners.mail_choices.choose`, which also holds back what waits to leave."""

    class Meta:
        model = MailChoice
        fields = ("wants_news", "wants_digest")
        labels = {
            "wants_news": "Ce qui est nouveau pour vous, le jour où il y a du nouveau",
            "wants_digest": "Le résumé de la semaine, le lundi",
        }
        help_texts = {
            "wants_news": (
                "Ce que les autres changent aux actions que votre organisme porte, ou dont vous êtes "
                "l’élu référent\u00a0: statut, météo, blocage, décision, note, échange\u00a0; les valeurs "
                "retournées à votre organisme. La coordination reçoit ce qui arrive dans tout le plan, "
                "valeurs, blocages et échanges. Jamais avant 8\u00a0h."
            ),
            "wants_digest": (
                "Ce qui vous attend (valeurs à saisir, actions en retard, prochaine réunion) et ce que les "
                "autres ont changé dans la semaine. Rien quand la semaine est calme. Ce jour-là, il remplace "
                "l’autre courriel."
            ),
        }
