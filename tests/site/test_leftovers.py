"""plugins/leftovers: what another generator would have replaced is named, and nothing else is."""

import pytest
from conftest import Site
from leftovers.finding import leftovers

#: A text, with « » around what is named.
LEFT = [
    'See «{{< figure src="a.png" >}}» and «{{% notice tip %}}»x{{% /notice %}}',
    '[x](«{{< relref "post.md" >}}») «{{<youtube abc/>}}»',
    "«{% include toc.html %}» and «{%- post_url 2020-01-01-x -%}»",
    "«{% asset_img a.png %}» {% endasset_img %}",
    "![x](«{{ site.baseurl }}»/a.png) and {{ site.url }}",
    "«{{ page.title }}»\n======\n\n[y](«{{ site.url }}»/x)",
    '«import "./styles.css"»',
    "[y](«{{ '/x' | relative_url }}»)",
    '«{{ youtube(id="x") }}»',
    "«![[picture.png|200]]» and «[[A page|words]]»",
    '«[caption id="a" width="3"]»<img>[/caption] «[gallery ids="1,2"]»',
    "«[sourcecode]»x[/sourcecode]",
    '«\\\\[gallery ids="1,2"\\\\]»'.replace("\\\\", "\\"),
    "«import Tabs from '@theme/Tabs';»",
    "«export const x = 1»",
    "«<Chart />»",
    '«<Tabs groupId="os">»\n</Tabs>\n\n<Chart />',
    "«:::tip Title»\n\nx\n\n:::",
    "* TOC\n«{:toc}»",
    "«{::nomarkdown}»",
    "«%% a note to me %%»",
    "words «%%a note to me%%» words",
    "«%%\na note\nto me\n%%»\n\nText",
    '«{{< figure\n  src="a.png"\n  caption="A {b}" >}}»',
    "«==marked==» and more",
    "«[[_TOC_]]»",
    "«[youtube https://example.org/x]» «[contact-form-7 id=1]»",
    "One.\n«<<<<<<< HEAD»\nTwo.\n=======\nThree.\n>>>>>>> 1a2b3c4 (Words)",
]
#: Texts in which nothing is.
NOT_LEFT = [
    "`{{< figure >}}`, ``{% raw %}`` and `[[ -f x ]]`",
    "```yaml\n{{ site.x }} ${{ github.ref }} [[wiki]]\n```",
    "    {% include x %}",
    "<pre>{% include x %}</pre>",
    "<!-- {% include x %} -->",
    "${{ github.ref }} in a sentence, and {{ anything }}",
    "$$ x_{{site|y}} [[a]] $$ \\(x^{{page}}\\)",
    'a == b, and ==, and a==b==c, ~== x ==~, [["a"]], [gallery] and [button]',
    "Heading\n=======\n\n`==x==` 100%% or 50%%, %%d and %%s, for %%i in (x) do echo %%i",
    "an array [[1, 2], [3, 4]] or [[0]], a note [[1]](#x), and [[ -f x ]]",
    "[code](x.md), [video][v] and [audio] alone\n\n[v]: y.mp4",
    "import tariffs from China, they say\nexport of goods",
    'package main\nimport "fmt"\nimport "github.com/spf13/cobra"',
    "<Table of contents> and <DIV CLASS=x>",
    "100%% of 50%% is {: .class } or {.class}",
    'a title{: title="x" }',
    "`` a ` {% b %} ``",
    "```text\n<<<<<<< HEAD\nTwo.\n=======\nThree.\n>>>>>>> main\n```",
    "a <<<<<<< b, and\n<<<<<<<<<<",
]


@pytest.mark.parametrize("marked", LEFT)
def test_what_is_left(marked: str) -> None:
    text = "Title: x\n\n" + marked.replace("«", "").replace("»", "")

    found = {text[each.start : each.end] for each in leftovers(text)}

    assert found == {each.partition("»")[0] for each in marked.split("«")[1:]}


@pytest.mark.parametrize("text", NOT_LEFT)
def test_what_is_meant_so(text: str) -> None:
    assert leftovers(f"Title: {{{{ site.x }}}}\n\n{text}\n") == ()


def test_each_thing_is_named_once() -> None:
    (one,) = leftovers("\n\n{{< youtube a >}}\n\n{{< youtube b >}}\n")

    assert (one.name, one.others) == ("youtube", 1)


def test_they_are_in_the_report_of_a_build(site: Site) -> None:
    """As warnings, each with its places, once for all files; and again when nothing is read again."""
    site.post("one", 'A picture:\n\n{{< figure src="a.png" >}}\n')
    site.post("two", 'Another:\n\n> {{< figure src="b.png" >}}\n\n{{ page.title }}\n')
    for _ in range(2):
        result = site.build()

        assert result.returncode == 0
        assert result.stderr.count("a shortcode of Hugo") == 1
        assert 'warning[leftover]: `{{< figure src="a.png" >}}` is a shortcode of Hugo' in result.stderr
        assert "content/posts/one.md:9:1" in result.stderr
        assert "note: also at content/posts/two.md:9:3" in result.stderr
        assert "help: write `![what it shows](picture.png)`" in result.stderr
        assert "help: remove it, and the heading with it: the title is above the text as it is" in result.stderr
