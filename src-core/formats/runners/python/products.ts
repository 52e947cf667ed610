/** Of the Python runner: what multiplies by weights or slides over an image. */
export const products = String.raw`def affine(x, w, bias, units):
    """x [.., in] times w [units, in], plus a bias."""
    width = x.shape[-1]
    columns = [(w[unit * width : (unit + 1) * width], 0.0 if bias is None else bias[unit]) for unit in range(units)]
    data = [b + sum(p * q for p, q in zip(run, column)) for run in runs(x.data, width) for column, b in columns]
    return Value(x.shape[:-1] + [units], data)


def window(length, kernel, stride, padding):
    """Where a window stops along an axis: number of places, and padding before the first."""
    if padding != "same":
        return (length - kernel) // stride + 1, 0
    count = math.ceil(length / stride)
    return count, max((count - 1) * stride + kernel - length, 0) // 2


def slide(shape, kernel, stride, padding):
    """Rows, columns, and for every place of the window [(index in the plane, index in the kernel), ...]."""
    _, height, width = shape
    (kh, kw), (sh, sw) = kernel, stride
    (rows, top), (columns, left) = window(height, kh, sh, padding), window(width, kw, sw, padding)
    near = []
    for i in range(rows):
        for j in range(columns):
            places = []
            for u in range(kh):
                for v in range(kw):
                    y, x = i * sh - top + u, j * sw - left + v
                    if 0 <= y < height and 0 <= x < width:
                        places.append((y * width + x, u * kw + v))
            near.append(places)
    return rows, columns, near


def convolve(x, w, bias, filters, kernel, stride, padding):
    channels, height, width = x.shape
    taps, plane = kernel[0] * kernel[1], height * width
    rows, columns, near = slide(x.shape, kernel, stride, padding)
    data = []
    for f in range(filters):
        for places in near:
            total = 0.0 if bias is None else bias[f]
            for c in range(channels):
                for at, tap in places:
                    total += x.data[c * plane + at] * w[(f * channels + c) * taps + tap]
            data.append(total)
    return Value([filters, rows, columns], data)


def transposed_convolve(x, w, bias, filters, kernel, stride):
    channels, height, width = x.shape
    (kh, kw), (sh, sw) = kernel, stride
    rows, columns = (height - 1) * sh + kh, (width - 1) * sw + kw
    data = [0.0 if bias is None else bias[f] for f in range(filters) for _ in range(rows * columns)]
    for c in range(channels):
        for p in range(height * width):
            value = x.data[c * height * width + p]
            for f in range(filters):
                for t in range(kh * kw):
                    row, column = p // width * sh + t // kw, p % width * sw + t % kw
                    data[(f * rows + row) * columns + column] += value * w[(c * filters + f) * kh * kw + t]
    return Value([filters, rows, columns], data)


def pool(x, p, join):
    kernel = p.get("pool_size") or [2, 2]
    rows, columns, near = slide(x.shape, kernel, p.get("stride") or kernel, p.get("padding"))
    planes = runs(x.data, x.shape[1] * x.shape[2])
    return Value([x.shape[0], rows, columns], [join([plane[at] for at, _ in places]) for plane in planes for places in near])


`;
