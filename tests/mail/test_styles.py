"""The rules of a style sheet on the elements of a template, before anything is filled in."""

from jinja2 import DictLoader, Environment

from lti_tool.mail.styles import Styled

SHEET = "td { color: #111111 } .said { color: #222222 }"
TEMPLATE = """<html><head><style>{% include "a.css" %}</style></head><body>
<table><tbody>
{# One row for each. #}
{% for name, url in rows %}
<tr><td><a class="said" href="{{ url }}">{{ name }}</a></td></tr>
{% endfor %}
</tbody></table></body></html>"""


def render(*rows):
    made = Environment(
        loader=Styled(DictLoader({"a.html": TEMPLATE, "a.css": SHEET, "a.txt": '{% include "a.css" %}'})),
        autoescape=True,
    )
    return made.get_template("a.html").render(rows=rows), made.get_template("a.txt").render()


def test_each_row_of_a_loop_has_its_style():
    html, _ = render(("Ja", "https://x.example/1"), ("Nee", "https://x.example/2"))

    assert html.count('<tr><td style="color: #111111;">') == 2
    assert html.count('class="said" href="https://x.example/') == html.count('style="color: #222222;"') == 2
    assert "<style" not in html


def test_what_is_filled_in_is_escaped_and_never_taken_for_a_part_of_the_template():
    html, _ = render(("kept0kept <b> & {{ x }}", "https://x.example/?a=1&b=2"))

    assert ">kept0kept &lt;b&gt; &amp; {{ x }}</a>" in html
    assert 'href="https://x.example/?a=1&amp;b=2"' in html


def test_a_text_stays_as_it_is():
    _, text = render()

    assert text == SHEET
