"""Which parser of XML openpyxl takes: the one that defusedxml guards.

With lxml beside it openpyxl would take that, which expands what a foreign file declares. It looks
at this setting once, when it is imported.
"""

from __future__ import annotations

import os

os.environ["OPENPYXL_LXML"] = "False"
