import re

from django.contrib.staticfiles import finders


def text(path):
    with open(path) as file:
        return file.read()


def test_the_browser_fetches_one_stylesheet(collected):
    whole = text(collected.path(collected.stored_name("css/app.css")))
    assert "@import" not in whole
    for path, layer in re.findall(r'url\("(.+)"\) layer\((.+)\);', text(finders.find("css/app.css"))):
        first_rule = text(finders.find(f"css/{path}")).strip().splitlines()[0]
        assert re.search(rf"@layer {layer} {{\s+{re.escape(first_rule)}", whole), path


def test_the_pictures_of_a_component_are_still_found(collected):
    whole = text(collected.path(collected.stored_name("css/app.css")))
    addresses = re.findall(r'url\("(.+?)"\)', whole)
    assert "../" + collected.stored_name("icons/contours.svg") in addresses


def test_files_are_compressed_beforehand(collected):
    assert collected.exists(collected.stored_name("css/app.css") + ".br")
