"""How each kind of file that is published names addresses: tables of what holds one, and readers that go by them."""
