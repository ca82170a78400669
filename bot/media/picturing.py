"""A program of its own that opens one picture: ``python -m bot.media.picturing ORIGINAL SHOWN THUMBNAIL``.

Pictures come from strangers and decoders have faults: this process may use little memory and time, and may die. It
turns the picture upright, leaves out all that is not picture (place, device, …), writes both copies as JPEG and prints
what it found as one JSON object: width, height, codes; or {"reason": …}.
"""

import json
import os
import resource
import sys
import warnings
from pathlib import Path
from typing import Any

MOST_PIXELS = 60_000_000
MEMORY_BYTES, CPU_SECONDS = 1_500_000_000, 25
SHOWN_SIDES, THUMBNAIL_SIDE = (2_560, 1_920, 1_440, 1_080), 480
"""Pixels of the longer side; the copy to show is the largest that fits."""
MOST_SHOWN = 1_000_000
"""Bytes: what Zalo takes, and what opens on a cheap telephone."""
READABLE = ["JPEG", "PNG", "WEBP", "GIF", "HEIF"]


def bound() -> None:
    """From here on little memory and time, whatever the picture asks for."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)


def drawn(original: Path, shown: Path, thumbnail: Path) -> dict[str, Any]:
    """Write both copies; what was found."""
    import pi_heif
    import zxingcpp
    from PIL import Image, ImageOps, UnidentifiedImageError

    pi_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(original, formats=READABLE) as opened:
            upright = _flat(ImageOps.exif_transpose(opened))
        codes = zxingcpp.read_barcodes(
            upright.convert("L"), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        )
        for side in SHOWN_SIDES:
            upright.thumbnail((side, side))
            upright.save(shown, "JPEG", quality=88)
            if shown.stat().st_size <= MOST_SHOWN:
                break
        found = {"width": upright.width, "height": upright.height, "codes": [code.text for code in codes]}
        upright.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        upright.save(thumbnail, "JPEG", quality=78)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return {"reason": "too_many_pixels"}
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, RuntimeError, IndexError, TypeError):
        return {"reason": "broken"}
    return found


def _flat(picture: Any) -> Any:
    """Without transparency and without what the file said beside the picture."""
    from PIL import Image

    picture.load()
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        over = picture.convert("RGBA")
        flat = Image.new("RGB", over.size, "white")
        flat.paste(over, mask=over.getchannel("A"))
        return flat
    flat = picture.convert("RGB")
    flat.info.clear()
    return flat


def main() -> None:
    bound()
    print(json.dumps(drawn(*(Path(argument) for argument in sys.argv[1:4]))))  # noqa: T201 -- this is its answer


if __name__ == "__main__":
    main()
