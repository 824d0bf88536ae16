"""What axe cannot measure: the texts of a drawing against the paper that they stand on."""

import pytest
from django.utils import timezone

from indicators.models import Target
from tests import factories as f

RATIOS = """() => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
    const luminance = colour => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(value =>
            value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const paper = luminance(getComputedStyle(document.body).backgroundColor);
    return [...document.querySelectorAll("svg.chart text")].map(text => {
        const ink = luminance(getComputedStyle(text).fill);
        return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_texts_of_a_chart_are_read_on_their_paper(browse, world, scheme):
    year = timezone.localdate().year
    Target.objects.create(indicator=world.indicator, year=year, value=20)
    world.indicator.contributors.add(world.partner)
    f.MeasurementFactory(
        indicator=world.indicator, organisation=world.service, year=year - 1, period=str(year - 1)
    )
    page = browse(world.elise, color_scheme=scheme)
    page.goto(world.indicator.get_absolute_url())
    ratios = page.evaluate(RATIOS)
    assert len(ratios) >= 6
    assert min(ratios) >= 4.5
