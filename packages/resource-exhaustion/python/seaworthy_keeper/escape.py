"""Paths inside of a line of words."""

import os
import re


def unescape(text):
    return os.fsdecode(re.sub(rb"%([0-9A-F]{2})", lambda found: bytes([int(found[1], 16)]), text.encode("ascii")))
