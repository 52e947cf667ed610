"""Pictures of every PNG colour type, depth, interlacing and filter, some JPEGs, and resized ones: decoded by Pillow, resized by PyTorch.

Run: python3 test/reference/datasets/export_pictures.py > test/reference/datasets/pictures.json
Made with Pillow 9.4.0 and PyTorch 1.13.1.
"""
import base64, io, json, struct, zlib
import numpy as np
import torch
from PIL import Image

random = np.random.default_rng(7)
W, H = 13, 9
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def packed(row, depth):
    if depth == 16:
        return row.astype(">u2").tobytes()
    if depth == 8:
        return row.astype(np.uint8).tobytes()
    bits = "".join(format(int(value), f"0{depth}b") for value in row)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))


def paeth(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def filtered(kind, line, above, step):
    out = bytearray([kind])
    for i, x in enumerate(line):
        a = line[i - step] if i >= step else 0
        b = above[i] if above else 0
        c = above[i - step] if above and i >= step else 0
        guess = [0, a, b, (a + b) // 2, paeth(a, b, c)][kind]
        out.append((x - guess) & 255)
    return bytes(out)


def png(values, depth, color, interlaced=False, palette=None, alpha=None):
    """values [H, W, samples]"""
    step = max(1, depth * SAMPLES[color] // 8)
    raw = b""
    for x, y, dx, dy in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        part = values[y::dy, x::dx]
        if part.size == 0:
            continue
        above = None
        for i, row in enumerate(part):
            line = packed(row.reshape(-1), depth)
            raw += filtered(i % 5, line, above, step)
            above = line
    blob = zlib.compress(raw)
    half = len(blob) // 2
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", W, H, depth, color, 0, 0, int(interlaced)))
        + (chunk(b"PLTE", palette) if palette else b"")
        + (chunk(b"tRNS", alpha) if alpha else b"")
        + chunk(b"tEXt", b"Comment\0not pixels")
        + chunk(b"IDAT", blob[:half])
        + chunk(b"IDAT", blob[half:])
        + chunk(b"IEND", b"")
    )


def on_white(image):
    rgba = np.asarray(image.convert("RGBA")).astype(np.int64)
    alpha = rgba[..., 3:]
    return np.floor((rgba[..., :3] * alpha + 255 * (255 - alpha)) / 255 + 0.5).astype(int)


def entry(name, blob):
    image = Image.open(io.BytesIO(blob))
    if image.mode.startswith("I"):  # 16 bits of grey
        pixels = np.repeat((np.asarray(image).astype(np.int64) >> 8)[..., None], 3, axis=2)
    else:
        pixels = on_white(image)
    return {"name": name, "file": base64.b64encode(blob).decode(), "width": image.width, "height": image.height, "rgb": pixels.reshape(-1).tolist()}


pictures = []
for color, depths in {0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]}.items():
    for depth in depths:
        for interlaced in [False, True]:
            values = random.integers(0, 2**depth, (H, W, SAMPLES[color]))
            palette = random.integers(0, 256, 3 * 2**depth, dtype=np.uint8).tobytes() if color == 3 else None
            alpha = random.integers(0, 256, 2**depth, dtype=np.uint8).tobytes() if color == 3 and depth > 1 else None
            if (color, depth) == (2, 8):  # one colour is transparent
                alpha = struct.pack(">3H", *[int(v) for v in values[3, 4]])
            name = f"png color {color} depth {depth}{' interlaced' if interlaced else ''}"
            if color == 4 and depth == 16:  # Pillow keeps no alpha of it: by hand
                grey, a = values[..., 0] >> 8, values[..., 1] >> 8
                laid = np.floor((grey * a + 255 * (255 - a)) / 255 + 0.5).astype(int)
                made = {"name": name, "file": base64.b64encode(png(values, depth, color, interlaced)).decode(), "width": W, "height": H}
                pictures.append({**made, "rgb": np.repeat(laid[..., None], 3, axis=2).reshape(-1).tolist()})
                continue
            pictures.append(entry(name, png(values, depth, color, interlaced, palette, alpha)))

x, y = np.meshgrid(np.linspace(0, 1, 40), np.linspace(0, 1, 24))
smooth = np.stack([255 * x, 255 * y, 255 * (1 - x) * y], axis=-1).astype(np.uint8)
for name, image, options in [
    ("jpeg color", Image.fromarray(smooth), {"quality": 92, "subsampling": 0}),
    ("jpeg progressive", Image.fromarray(smooth), {"quality": 92, "subsampling": 0, "progressive": True}),
    ("jpeg halved colours", Image.fromarray(smooth), {"quality": 92, "subsampling": 2}),
    ("jpeg grey", Image.fromarray(smooth[..., 0]), {"quality": 92}),
]:
    stream = io.BytesIO()
    image.save(stream, "JPEG", **options)
    pictures.append(entry(name, stream.getvalue()))

resized = []
source = random.integers(0, 256, (3, 11, 17))
for size in [(4, 6), (11, 5), (23, 40), (1, 1), (30, 3)]:
    out = torch.nn.functional.interpolate(torch.tensor(source[None], dtype=torch.float64), size=size, mode="bilinear", antialias=True, align_corners=False)
    resized.append({"size": size, "values": out.reshape(-1).tolist()})
print(json.dumps({"pictures": pictures, "source": {"height": 11, "width": 17, "values": source.reshape(-1).tolist()}, "resized": resized}))
