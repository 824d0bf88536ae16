"""A browser's htmx, reduced to what the suite needs.

page = soup(client.get(action.get_absolute_url()))
response, swapped = htmx(client, page, "form[hx-post$='/ajouter/']", {"title": "Ouverture"})
assert text(swapped) == text(soup(client.get(action.get_absolute_url())))
"""

from bs4 import BeautifulSoup, Tag

TABLE_PARTS = {"caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th"}


def soup(response):
    """Parse a page, without the tokens that change from one rendering to the next."""
    return _without_tokens(BeautifulSoup(response.text, "html5lib"))


def text(page):
    """Write a page in one way, for comparison with another."""
    return BeautifulSoup(page.prettify(), "html5lib").prettify()


def htmx(client, page, selector, data=None):
    """Act on the element `selector` of `page`; return the response, and `page` as the swap leaves it.

    What its form holds is sent, hidden fields included, with `data` typed over it.
    """
    element = page.select_one(selector)
    assert element, f"nothing on the page is {selector}"
    target = _target(page, element)
    verb = "post" if element.get("hx-post") else "get"
    headers = {"HX-Request": "true", "HX-Target": target.get("id", "")}
    sent = _held(element, verb) | (data or {})
    response = getattr(client, verb)(element[f"hx-{verb}"], sent, headers=headers, follow=True)

    for header in ("HX-Redirect", "HX-Refresh"):
        assert header not in response.headers, f"htmx would leave the page: {header}"
    assert response.status_code in (200, 409, 422), f"htmx would not swap a {response.status_code}"
    assert (_inherited(element, "hx-swap") or "").split()[:1] == ["outerHTML"]
    _swap(page, target, _fragment(response))
    return response, page


def _swap(page, target, fragment):
    for part in fragment.select("[hx-swap-oob]"):
        replaced = page.select_one(f"#{part['id']}")
        assert replaced, f"nothing on the page is #{part['id']}, which comes out of band"
        del part["hx-swap-oob"]
        replaced.replace_with(part.extract())
    target.replace_with(*fragment.contents)


def _fragment(response):
    # Not html5lib, which drops rows that no table surrounds.
    fragment = _without_tokens(BeautifulSoup(response.text, "html.parser"))
    names = [child.name for child in fragment.contents if isinstance(child, Tag)]
    if names and names[0] not in TABLE_PARTS:
        lost = TABLE_PARTS.intersection(names)
        assert not lost, f"a browser drops {lost} of a fragment that begins with <{names[0]}>"
    return fragment


def _target(page, element):
    """Find what `element` replaces; an hx-target that it inherits is read from where it stands."""
    where = _inherited(element, "hx-target")
    assert where, f"no hx-target for {element}"
    if where == "this":
        return _owner(element, "hx-target")
    if where.startswith("closest "):
        candidates = page.select(where.removeprefix("closest "))
        target = next((e for e in [element, *element.parents] if any(e is c for c in candidates)), None)
    else:
        target = page.select_one(where)
    assert target, f"nothing on the page is {where}"
    return target


def _owner(element, attribute):
    return element if element.has_attr(attribute) else element.find_parent(attrs={attribute: True})


def _inherited(element, attribute):
    owner = _owner(element, attribute)
    return owner and owner[attribute]


def _held(element, verb):
    """Collect what htmx would send: the fields of the form, and the button itself."""
    form = element if element.name == "form" or verb == "get" else element.find_parent("form")
    held = {}
    for field in form.select("input, select, textarea") if form else []:
        values = _values(field)
        if field.get("name") and not field.has_attr("disabled") and values:
            held.setdefault(field["name"], []).extend(values)
    if element.name == "button" and element.get("name"):
        held[element["name"]] = [element.get("value", "")]
    return held


def _values(field):
    if field.name == "textarea":
        return [field.text]
    if field.name == "select":
        options = field.select("option")
        chosen = [o for o in options if o.has_attr("selected")] or (
            [] if field.has_attr("multiple") else options[:1]
        )
        return [o.get("value", o.text) for o in chosen]
    if field.get("type") in ("submit", "button", "reset", "file"):
        return []
    if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
        return []
    return [field.get("value", "on" if field.get("type") in ("checkbox", "radio") else "")]


def _without_tokens(page):
    for token in page.select("[name=csrfmiddlewaretoken]"):
        token["value"] = ""
    for element in page.select("[hx-headers]"):
        del element["hx-headers"]
    return page
