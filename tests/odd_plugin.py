"""A plugin that shows on every page what is not of that page's own post, and how it comes by it."""

#: A plugin with a word for every page, which it has from somewhere else than from the page's own post: ODD says whence.
PLUGIN = """
import functools
from pathlib import Path
from jinja2 import pass_context
from pelican import signals

POSTS, KEPT, WORDS = [], {}, {"total": 0}

def text_of(post):
    return "".join(letter for letter in post._content[-60:] if letter.isalnum())

@functools.cache
def kept_file():
    return Path("data/odd.txt").read_text()

@functools.cache
def kept_text(number):
    return text_of(POSTS[number % len(POSTS)])

@functools.cache
def text_for_ever(post):
    return text_of(post)

class Lazy:
    def __init__(self, posts):
        self.posts = posts

    @functools.cached_property
    def texts(self):
        return "".join(map(text_of, self.posts))

def kept_by_hand(context, found={}):
    if "text" not in found:
        found["text"] = text_of(POSTS[-1])
    return found["text"]

def on_the_post(context):
    post = POSTS[0]
    if not hasattr(post, "odd"):
        post.odd = text_of(post)
    return post.odd

def in_a_table(context):
    if "text" not in KEPT:
        KEPT["text"] = text_of(POSTS[0])
    return KEPT["text"]

ODD = {
    "nothing": lambda context: "",
    "another post": lambda context: text_of(POSTS[len(str(context["output_file"])) % len(POSTS)]),
    "all words": lambda context: str(WORDS["total"]),
    "a file": lambda context: Path("data/odd.txt").read_text(),
    "a file that is kept": lambda context: kept_file(),
    "what is kept": lambda context: kept_text(3),
    "what was kept before": lambda context: text_for_ever(POSTS[0]),
    "a default": kept_by_hand,
    "an attribute": on_the_post,
    "a table": in_a_table,
    "the first": lambda context: context["articles"][0].content[-30:].replace("--", ""),
    "titles": lambda context: " ".join(TITLES),
    "a lazy one": lambda context: KEPT["lazy"].texts,
}
TITLES = []

def note_title(content):
    TITLES.append(str(getattr(content, "title", "")))

def begin(generator):
    POSTS[:] = sorted(generator.articles, key=lambda post: post.source_path)
    KEPT.clear()
    KEPT["lazy"] = Lazy(POSTS)
    WORDS["total"] = sum(len(post._content.split()) for post in POSTS)
    choice = generator.settings.get("ODD", "nothing")
    if choice == "what was kept before":
        text_for_ever(POSTS[0])
    TITLES.sort()
    generator.env.globals["odd"] = pass_context(ODD[choice])

def register():
    signals.article_generator_finalized.connect(begin)
    signals.content_object_init.connect(note_title)
"""

#: Whence: the values of ODD.
KINDS = [line.split('"')[1] for line in PLUGIN.split("\nODD =")[1].split("\n}")[0].split("\n")[1:]]
