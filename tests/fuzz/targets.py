"""All targets, by name."""

from __future__ import annotations

from collections.abc import Mapping

from .binaries import BINARY_TARGETS
from .data_files import DATA_TARGETS
from .looks import LOOK_TARGETS
from .sources import SOURCE_TARGETS
from .target import Target

TARGETS: Mapping[str, Target] = {
    target.name: target for target in (*SOURCE_TARGETS, *DATA_TARGETS, *LOOK_TARGETS, *BINARY_TARGETS)
}
