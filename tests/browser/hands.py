"""Two ways to do a task: by keyboard alone, and without JavaScript."""

from playwright.sync_api import expect

#: What is wrong with the focus where it stands, or nothing. The document is known by when it was opened.
FOCUS = """target => {
    const element = document.activeElement, style = getComputedStyle(element);
    const [box] = element.getClientRects();
    const depth = box && Math.min(box.height / 2, 12);
    const seen = box && document.elementFromPoint(box.x + box.width / 2, box.y + depth);
    const name = element.outerHTML.slice(0, 160);
    // Inside a date, Chromium draws its own ring around the button of the calendar.
    const isOwn = element.type === "date" && !element.matches(":focus");
    const fault = element === document.body || isOwn ? null
        : style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2 ? `no outline on ${name}`
        : !box || box.bottom < 0 || box.top > innerHeight ? `out of sight: ${name}`
        : !element.contains(seen) && !seen?.contains(element) && !element.labels?.[0]?.contains(seen)
            ? `hidden under ${seen?.outerHTML.slice(0, 80)}: ${name}` : null;
    return {
        fault, opened: performance.timeOrigin,
        isTarget: element === target, isLost: element === document.body,
        inGroup: element.type === "radio" && element.name === target.name && element.form === target.form,
    };
}"""


def settled(page):
    """Wait until htmx has put in place what it received, and the focus with it."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")).to_have_count(0)


class Hands:
    """What every way of doing a task can do."""

    def __init__(self, page):
        self.page = page

    def open(self, address):
        self.page.goto(address)

    def link(self, name, within="body"):
        self.press("link", name, within)

    def button(self, name, within="body"):
        self.press("button", name, within)

    def find(self, role, name, within="body"):
        return self.page.locator(within).get_by_role(role, name=name, exact=isinstance(name, str))

    def field(self, label):
        return self.page.get_by_label(label, exact=True).and_(self.page.locator("input, select, textarea"))

    def reads(self, text, within="body"):
        expect(self.page.locator(within)).to_contain_text(text)


class Mouse(Hands):
    """Clicks and types, in a browser where no script runs."""

    def press(self, role, name, within="body"):
        self.find(role, name, within).click()

    def unfold(self, name):
        self.page.locator("summary", has_text=name).click()

    def write(self, label, text):
        self.field(label).fill(text)

    def choose(self, name):
        self.find("radio", name).check()

    def tick(self, name):
        self.find("checkbox", name).click()

    def pick(self, label, option):
        self.field(label).select_option(option)


class Keyboard(Hands):
    """Tab, Enter, Space and arrows; the focus is always somewhere, and seen."""

    MOST_TABS = 150

    def __init__(self, page):
        super().__init__(page)
        self.tabs = 0
        self.opened = None

    def press(self, role, name, within="body"):
        self.reach(self.find(role, name, within))
        self.page.keyboard.press("Enter")

    def unfold(self, name):
        self.reach(self.page.locator("summary", has_text=name))
        self.page.keyboard.press("Space")

    def write(self, label, text):
        self.reach(self.field(label))
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def choose(self, name):
        radio = self.find("radio", name)
        self.reach(radio, group=True)
        for _ in range(12):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {name}")

    def tick(self, name):
        self.reach(self.find("checkbox", name))
        self.page.keyboard.press("Space")

    def pick(self, label, option):
        field = self.field(label)
        self.reach(field)
        self.page.keyboard.press("Home")
        for _ in range(field.locator("option").count()):
            if field.locator("option:checked").text_content() == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {option}")

    def reach(self, target, *, group=False):
        """Tab from where the focus stands to an element, or to the radio buttons that it belongs to."""
        expect(target).to_have_count(1)
        settled(self.page)
        handle = target.element_handle()
        start = self.page.evaluate(FOCUS, handle)
        assert not (start["isLost"] and start["opened"] == self.opened), "the focus was lost in a swap"
        while True:
            focus = self.page.evaluate(FOCUS, handle)
            assert not focus["fault"], focus["fault"]
            if focus["isTarget"] or (group and focus["inGroup"]):
                self.opened = focus["opened"]
                return
            assert self.tabs < self.MOST_TABS, f"{self.tabs} Tabs, and still not at {target}"
            self.page.keyboard.press("Tab")
            self.tabs += 1
