"""Where keys and values are in a TOML text: everything that `tomllib` reads has its place."""

import tomllib
from collections.abc import Iterator
from typing import Any

from drytables.configuration.toml_places import Way, places
from drytables.diagnostics.source import Source

TEXT = '''
a.b = [1, {c = "ü"}, # x
 [3, [4]]]
"q\\u0041 z" = 1
'' = 2
[tool.x] # a comment
k = """x
y"""
codes."unseen-fence" = 'off'
[[tool.x.many]]
n = 1
[tool.x.many.sub]
deep = 1
[[tool.x.many.sub.more]]
z = 1
[[tool.x.many.sub.more]]
z = 2
[[tool.x.many]]
n = 2
inline = { a.b = 1, c = { d = [] } }
[tool]
late = 1979-05-27T07:32:00Z
'''


def ways(value: Any, way: Way = ()) -> Iterator[tuple[Way, Any]]:
    """The way to each value that is no table."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in steps:
        yield from ways(part, (*way, step))
    if not isinstance(value, dict):
        yield way, value


def test_each_value_is_where_it_says_what_was_read() -> None:
    source = Source("x.toml", TEXT)
    found = places(source)

    for way, value in ways(tomllib.loads(TEXT)):
        place = found[way]
        if isinstance(value, list) and any(isinstance(each, dict) for each in value[:1]):
            assert source.slice(place.key) == way[-1]
            continue
        assert tomllib.loads(f"x = {source.slice(place.value)}")["x"] == value, way
        if isinstance(way[-1], str):
            assert tomllib.loads(f"{source.slice(place.key)} = 1") == {way[-1]: 1}


def test_a_table_is_at_its_header() -> None:
    source = Source("x.toml", TEXT)
    found = places(source)

    assert source.position(found["tool", "x", "many", 1].key.start) == (18, 10)
    assert source.position(found["tool", "x", "many", 0, "sub", "more", 1, "z"].key.start) == (17, 1)
