"""Lines that stand for what is left out are told from lines of iptables-save text, and from remarks."""

import pytest
from drytables.reading.omissions import is_omission

OMISSIONS = """
...
. . .
..
…
[...]
(...)
[…]
{...}
<...>
[ ... ]
/* ... */
<!-- ... -->
; ...
···
。。。
⋮
.
|
---
=====
~~~
✂
--- 8< ---
-----8<-----
8<-----8<-----
-----8<-----8<-----8<
✂-----✂-----
[snip]
<snip>
(snip)
*snip*
-snip-
--snip--
--snip
-- snip --
>>> snip <<<
<--- snip --->
------ cut here ------
=== more ===
--More--
--More--(45%)
[... more ...]
// more
// ... other rules
/* snip */
; more rules
# ...
... (20 more lines)
(20 more rules)
rest of the rules
other rules...
etc.
et cetera
[output omitted for brevity]
*** output truncated ***
[your own rules here]
__snip__
[[...]]
[gekürzt]
... weitere Regeln ...
usw.
[omissis]
[сокращено]
// остальные правила
и т.д.
[省略]
（略）
中略
以下省略
...省略...
其他规则
(이하 생략)
""".strip().split("\n")

OTHERS = """
-A INPUT -j DROP
-A INPUT ...
--append INPUT -j DROP
-j DROP -
-N -
-A INPUT -m comment --comment --
[-A INPUT -j DROP]
[1:2] -A INPUT -j ACCEPT
[0:0]
:INPUT ACCEPT [0:0]
:INPUT ACCEPT ...
:
*filter
*filter*
*
COMMIT
(COMMIT)
-
--
iptables -A INPUT ...
allow ssh
// allow ssh
; allow ssh
允许 ssh
默认策略
INPUT ACCEPT [0:0]
A INPUT -j DROP
–A INPUT -j DROP
commit
filter
# x
""".strip().split("\n")


@pytest.mark.parametrize("line", OMISSIONS)
def test_something_is_left_out_here(line: str) -> None:
    assert is_omission(line)
    assert is_omission(f"  {line} ")


@pytest.mark.parametrize("line", OTHERS)
def test_nothing_is_left_out_here(line: str) -> None:
    assert not is_omission(line)
