"""In which order the deliveries of one case go to one endpoint.

One after the other, oldest first, as long as the endpoint answers: a newer delivery waits until the
older one has arrived. It also waits out the older one's first retry, five seconds later, which
covers a restart over there. After that an older delivery that still fails holds up nothing: the
newest state of a case is worth more than the order, and `time` in the payload tells it. Nor does
what is sent again hold up what happens now.
"""

from __future__ import annotations

HOLDS_UP = 2  # attempts: an older delivery of the case with fewer goes first
