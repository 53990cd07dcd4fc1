"""What ConvolutionPlay offers: the first ten bundled digits, drawn patterns, and kernels."""

#: Ink of each pixel, one character each: 0 (none) to 9, then a = 10 … g = 16 (full).
_INK = {
    "0": "005d9100 00dfaf50 03f20b80 04c00880 05800980 04b01c70 02e5ac00 006da000",
    "1": "000cd500 000bg900 003fg600 07fgg200 001gg300 001gg600 001gg600 000bga00",
    "2": "0004fc00 003gfe00 008d8g00 0016fb00 018df100 09gg5000 03dggb50 0003bg90",
    "3": "007fd100 08d6f400 021dd000 002fb100 0001cc10 00001a80 00845e90 007dd900",
    "4": "0001b000 00078000 001d6220 007f0980 05ga0g60 04fgdg10 0003fa00 0002g400",
    "5": "00ca0000 00egge00 00dgfa10 00bgg700 00047g70 00004g90 0054cg40 009gga00",
    "6": "000cd000 005g8000 00dg3000 00ed0000 00fc7200 00dgdg30 007gbf80 0019fb30",
    "7": "0078dgf1 00774bc0 00008d10 0488ff60 02bff400 000g5000 009f1000 00d50000",
    "8": "009e8100 00ceec00 009a0f40 003gce20 004gg200 03g8ad20 01f13g80 00bgfb10",
    "9": "00bc0000 02gggd00 03gcae00 01g1cf00 00dg9f20 000309b0 00009f40 009cd300",
    "one pixel": "00000000 00000000 00000000 000g0000 00000000 00000000 00000000 00000000",
    "upright edge": "0000gggg 0000gggg 0000gggg 0000gggg 0000gggg 0000gggg 0000gggg 0000gggg",
    "square": "00000000 00000000 00gggg00 00gggg00 00gggg00 00gggg00 00000000 00000000",
    "cross": "00000000 0g0000g0 00g00g00 000gg000 000gg000 00g00g00 0g0000g0 00000000",
    "chessboard": "g0g0g0g0 0g0g0g0g g0g0g0g0 0g0g0g0g g0g0g0g0 0g0g0g0g g0g0g0g0 0g0g0g0g",
    "nothing": "00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000",
}
#: Name → 8 rows of 8 whole numbers from 0 (no ink) to 16, as in scikit-learn's digits.
IMAGES: dict[str, list[list[int]]] = {
    name: [[int(pixel, 17) for pixel in row] for row in rows.split()] for name, rows in _INK.items()
}

#: Name → 3 rows of 3 weights, as they lie on the image in a cross-correlation.
KERNELS: dict[str, list[list[float]]] = {
    "Identity": [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
    "Edges": [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
    "Sobel →": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    "Sobel ↓": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
    "Blur": [[0.0625, 0.125, 0.0625], [0.125, 0.25, 0.125], [0.0625, 0.125, 0.0625]],
    "Sharpen": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
    "Emboss": [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]],
    "Shift": [[0, 0, 0], [0, 0, 1], [0, 0, 0]],
}
