"""Make a painted set in a process of its own: `python stand_alone.py FOLDER PAUSE`."""

import sys
from pathlib import Path

from core.shards.set_request import SetRequest
from core.synthesis.production.set_folder import claimed
from core.synthesis.production.synthesize import Means, synthesize
from tests.core.synthesis.production.painter import Painter

REQUEST = SetRequest(generator="1", kind="infants", count=36, seed=8, size=24, shard_size=3)

if __name__ == "__main__":
    with claimed(Path(sys.argv[1]), REQUEST) as folder:
        for _ in synthesize(folder, Means(Painter(float(sys.argv[2])), workers=2)):
            pass
