"""Texts that nobody should be able to do harm with, and a plan made of them."""

import datetime as dt

from actions.models import Action, Confidence, Part, Status
from tests import factories as f

LISTENER = "http://127.0.0.1:{port}/canari"

#: E1: what a spreadsheet, a word processor or a PDF reader could take for something to run or to fetch.
PAYLOADS = [
    *("=1+1", "+1+1", "-1+1", "@SUM(1+1)", "=cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "\t=1+1"),
    *("\r=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)", " =1+1", "#N/A", "{=1}", "'=1+1"),
    *('=HYPERLINK("http://a.fr","Cliquez")', '=DDE("cmd";"/C calc";"!A0")', "=IMPORTXML(http://a.fr)"),
    *(
        "{ INCLUDETEXT C:\\\\boot.ini }",
        "{ DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe }",
        "{ HYPERLINK http://a.fr }",
    ),
    *("</w:t></w:r><w:fldSimple w:instr='DDE'/>", "<w:instrText>DATE</w:instrText>", "PAGE \\* MERGEFORMAT"),
    *("<script>app.alert(1)</script>", "</p><h1>Faux titre</h1>", "<img src=x onerror=alert(1)>"),
    *('<a href="javascript:alert(1)">ici</a>', "javascript:alert(1)", "/OpenAction << /S /JavaScript >>"),
    *("/Launch /F (cmd.exe)", "endstream endobj", "%PDF-1.4", "%%EOF", "&lt;f&gt;1", "{{ 7|add:7 }}"),
    *("{% load static %}", "a\x0bb\x01c\x08", "\u202e=1+1"),
]

LONG = " ".join(f"mot{number}" for number in range(6_000))[:40_000]

#: E2: what people do paste.
STORED = {
    "controls": "a\x01b\x0bc\x1fd\x85e\u2028f",
    "emoji": "Fête 🎉 des 👨‍👩‍👧 familles",
    "right-to-left": "مرحبا بالعائلات – שלום",
    "spaces": "a\u00a0b\u202fc\u200bd",
    "long": LONG,
    "one word": "m" * 3_000,
    "lines": "un\ndeux\n\n• trois\n  ○ quatre\n  suite",
}


def poison(plan, text):
    """Fill with the text whatever a person may write in a plan, and return its action."""
    for field in ("title", "heading", "dated_text"):
        setattr(plan, field, text[:100])
    for field in ("ambition", "orientation", "theme", "need", "objective", "priority"):
        setattr(plan, f"{field}_label", text[:60])
    plan.save()
    plan.territory.name = plan.territory.short_name = text[:40]
    plan.territory.save()
    ambition = f.AmbitionFactory(plan=plan, title=text, impacts=[text, text])
    texts = {field.name: text for field in Action._meta.fields if field.get_internal_type() == "TextField"}
    texts |= dict.fromkeys(("purpose_label", "content_label", "methods_label", "effects_label"), text[:100])
    texts |= {"calendar_text": text[:300], "elected_lead": text[:200], "priority": 1}
    action = f.ActionFactory(
        plan=plan,
        ambition=ambition,
        orientation=f.OrientationFactory(plan=plan, ambition=ambition, title=text),
        theme=f.ThemeFactory(plan=plan, title=text),
        need=f.NeedFactory(plan=plan, title=text),
        objective=f.ObjectiveFactory(plan=plan, title=text),
        status=Status.SUSPENDED,
        confidence=Confidence.HARD,
        progress=30,
        **texts,
    )
    organisation = f.OrganisationFactory(territory=plan.territory, name=text[:200])
    for part in Part:
        f.InvolvementFactory(action=action, organisation=organisation, part=part)
    f.FactorFactory(action=action, text=text, handler=text[:300], kind="brake", since=dt.date(2026, 1, 1))
    f.MilestoneFactory(action=action, title=text[:300], owner=organisation)
    f.ProgressNoteFactory(action=action, text=text, author_label=text[:300])
    f.IndicatorFactory(plan=plan, wording=text[:300], unit=text[:60], actions=[action])
    return action
