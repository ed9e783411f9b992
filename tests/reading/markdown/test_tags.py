"""Code in the tags of site builders, of MyST and of components is read; Markdown in a tag stays Markdown."""

from __future__ import annotations

import pytest
from drive import report_of
from drytables.diagnostics.source import Source
from drytables.reading.fence import Fence
from drytables.reading.markdown.dialect import Dialect
from drytables.reading.markdown.fences import read_fences

COMMAND = "iptables -A INPUT -i eth9 -j ACCEPT"


def fences(text: str, dialect: Dialect = "commonmark") -> tuple[Fence, ...]:
    return read_fences(Source("page.md", "\n" + text), dialect).fences


CODE = [
    # Hugo, and themes for it
    ("{{< highlight sh >}}\n@\n{{< /highlight >}}\n", "sh"),
    ('{{< highlight bash "linenos=table" >}}\n@\n{{< / highlight >}}\n', "bash"),
    ('{{< file "/etc/rules.sh" sh >}}\n@\n{{< /file >}}\n', ""),
    ("{{< command >}}\n@\n{{< /command >}}\n", ""),
    ("{{% code-block lang=sh %}}\n@\n{{% /code-block %}}\n", "sh"),
    ('{{< tabs >}}\n{{< tab name="x" codelang="bash" >}}\n@\n{{< /tab >}}\n{{< /tabs >}}\n', "bash"),
    ('{{< tabpane lang="bash" >}}\n{{< tab header="A" >}}\n@\n{{< /tab >}}\n{{< /tabpane >}}\n', "bash"),
    ("text\n{{< command >}}\n@\n\n{{< /command >}}\ntext\n", ""),
    # in a list, and with its code outside
    ("1. item\n\n    {{< file >}}\n@\n{{< /file >}}\n\n2. item\n", ""),
    ("- item\n\n      {{< command >}}\n      @\n      {{< /command >}}\n", ""),
    ("> {{< command >}}\n> @\n> {{< /command >}}\n", ""),
    # Jekyll and Hexo
    ("{% highlight bash linenos %}\n@\n{% endhighlight %}\n", "bash"),
    ("{% codeblock %}\n@\n{% endcodeblock %}\n", ""),
    ("{% codeblock a title lang:sh https://example.com/a.sh %}\n@\n{% endcodeblock %}\n", "sh"),
    ("{%- code lang:bash -%}\n@\n{%- endcode -%}\n", "bash"),
    # MyST
    (":::{code-block} sh\n@\n:::\n", "sh"),
    ("::::{code} bash\n:linenos:\n\n@\n::::\n", "bash"),
    ("```{code-block} sh\n:caption: one\n:linenos:\n\n@\n```\n", "sh"),
    ("```{code} console\n@\n```\n", "console"),
    # components
    ('<CodeBlock language="sh">\n@\n</CodeBlock>\n', "sh"),
    ('<CodeBlock language="bash" title="a > b">{`@`}</CodeBlock>\n', "bash"),
    ("<CodeBlock\n  language={'sh'}\n>\n  {`\n@\n`}\n</CodeBlock>\n", "sh"),
    ("<Code lang=\"sh\" code={`@`} />\n", "sh"),
    ('<Tabs>\n<TabItem value="a">\n<CodeBlock language="sh">{\'@\'}</CodeBlock>\n</TabItem>\n</Tabs>\n', "sh"),
    # HTML
    ("<pre>\n@\n</pre>\n", ""),
    ('<div class="a">\n<pre><code class="language-sh">@</code></pre></div>\n', "sh"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language"), CODE)
@pytest.mark.parametrize("dialect", ["commonmark", "mdx"])
def test_code(text: str, language: str, dialect: Dialect) -> None:
    (fence,) = fences(text.replace("@", COMMAND), dialect)
    assert (fence.language, fence.code.text.strip(), fence.diagnostic) == (language, COMMAND, None)
    assert [each.status for each in report_of("\n" + text.replace("@", COMMAND), dialect).commands()] == ["accepted"]


@pytest.mark.parametrize("text", [text for text, _ in CODE])
def test_a_fault_in_it_is_told_where_it_stands(text: str) -> None:
    report = report_of("\n" + text.replace("@", COMMAND.replace("ACCEPT", "ACEPT")), "commonmark")
    (fault,) = report.all_diagnostics()
    assert (fault.code, report.source.slice(fault.span)) == ("unknown-target", "ACEPT")


MARKDOWN = [
    '{{< tabs "x" >}}\n{{< tab "Debian" >}}\n```sh\n@\n```\n{{< /tab >}}\n{{< /tabs >}}\n',
    "{{% notice tip %}}\n```sh\n@\n```\n{{% /notice %}}\n",
    '{% code title="a.sh" %}\n```sh\n@\n```\n{% endcode %}\n',
    "{% tabs %}\n{% tab title=\"a\" %}\n\n```sh\n@\n```\n\n{% endtab %}\n{% endtabs %}\n",
    '{{< command "one" >}}\n\n```sh\n@\n```\n\n{{< /command >}}\n',
    "{% raw %}\n```sh\n@\n```\n{% endraw %}\n",
    '<Tabs>\n<TabItem value="a">\n```sh\n@\n```\n</TabItem>\n</Tabs>\n',
    '<Tabs>\n  <TabItem value="a">\n\n  ```sh\n  @\n  ```\n\n  </TabItem>\n</Tabs>\n',
    "<CodeGroup>\n```sh\n@\n```\n</CodeGroup>\n",
    '<div markdown="1">\n```sh\n@\n```\n</div>\n',
    "::: tip\n```sh\n@\n```\n:::\n",
    ":::{note}\n```sh\n@\n```\n:::\n",
    "```{note}\n~~~sh\n@\n~~~\n```\n",
    "`````{tabs}\n````{group-tab} a\n```sh\n@\n```\n````\n`````\n",
    "!!! note\n\n    ```sh\n    @\n    ```\n",
    '??? tip "a"\n    ```sh\n    @\n    ```\n',
    '=== "a"\n\n    ```sh\n    @\n    ```\n\n=== "b"\n\n    text\n',
    '!!! note\n    === "a"\n\n        ```sh\n        @\n        ```\n',
    "- item\n\n    !!! note\n\n        ```sh\n        @\n        ```\n",
    "[^1]: text\n\n    ```sh\n    @\n    ```\n",
    "term\n:   meaning\n\n    ```sh\n    @\n    ```\n",
    # one that has no end is followed by one that has
    '{{< file "a.sh" >}}\n\n```sh\n@\n```\n\n{{< file >}}\nx\n{{< /file >}}\n',
]  # fmt: skip


@pytest.mark.parametrize("text", MARKDOWN)
@pytest.mark.parametrize("dialect", ["commonmark", "mdx"])
def test_markdown(text: str, dialect: Dialect) -> None:
    fence = fences(text.replace("@", COMMAND), dialect)[0]
    assert (fence.kind, fence.language, fence.code.text) == ("fence", "sh", f"{COMMAND}\n")
    assert not report_of("\n" + text.replace("@", COMMAND), dialect).all_diagnostics()


@pytest.mark.parametrize(
    "text",
    [
        "{% comment %}\n```sh\n@\n```\n{% endcomment %}\n",
        "{{/*\n```sh\n@\n```\n*/}}\n",
        "{/*\n```sh\n@\n```\n*/}\n",
        "<!--\n```sh\n@\n```\n-->\n",
    ],
)
def test_what_is_hidden_is_not_read(text: str) -> None:
    assert not fences(text.replace("@", COMMAND))


@pytest.mark.parametrize("text", ["```\n{{< command >}}\n@\n{{< /command >}}\n```\n", "    <pre>\n    @\n    </pre>\n"])
def test_a_tag_within_code_is_code(text: str) -> None:
    (fence,) = fences(text.replace("@", COMMAND))
    assert fence.code.text.count("\n") == 3


def test_templates_are_read_as_javascript_reads_them() -> None:
    text = "<CodeBlock>{`iptables -A INPUT \\\\\n  -m comment --comment \\`a\\` -j \\u0041`}</CodeBlock>\n"
    (fence,) = fences(text, "mdx")
    assert fence.code.text == "iptables -A INPUT \\\n  -m comment --comment `a` -j u0041"


@pytest.mark.parametrize("tag", ["details", "div class='a'"])
def test_a_fence_right_below_html_is_prose(tag: str) -> None:
    """Markdown begins again after a blank line."""
    text = f"\n<{tag}>\n```sh\n{COMMAND}\n```\n</{tag.split()[0]}>\n"
    (slip,) = report_of(text, "commonmark").all_diagnostics()
    assert (slip.code, slip.message) == ("unseen-fence", "a fence right below HTML is published as prose")
    assert not report_of(text, "mdx").all_diagnostics()
    assert not report_of(text.replace(COMMAND, "make iptables"), "commonmark").all_diagnostics()
    (edit,) = slip.edits
    mended = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    assert not report_of(mended, "commonmark").all_diagnostics()
