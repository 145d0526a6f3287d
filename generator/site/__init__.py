"""The finished site: pages as text in, a published folder out, through the site engine.

In: a build and the project's folder. Out: `site/`, exchanged in one move once the new one is whole.
`publish.py` is the table of contents. It knows folders, the engine's command and bytes, and no content.
"""

from generator.site.engine import EngineError
from generator.site.publish import (
    BUILD,
    DOCS,
    PREVIEW,
    PUBLISHED,
    SITE,
    STORE,
    VARIABLES,
    Order,
    Place,
    Published,
    alone,
    publish,
)
from generator.site.shelf import Index

__all__ = [
    "BUILD",
    "DOCS",
    "PREVIEW",
    "PUBLISHED",
    "SITE",
    "STORE",
    "VARIABLES",
    "EngineError",
    "Index",
    "Order",
    "Place",
    "Published",
    "alone",
    "publish",
]
