/** Of the JavaScript runner: what multiplies by weights or slides over an image. */
export const products = String.raw`/** x [.., in] times w [units, in], plus a bias. */
function affine(x, w, bias, units) {
  const width = x.shape.at(-1);
  const rows = x.data.length / width;
  return make([...x.shape.slice(0, -1), units], (i) => {
    const [row, unit] = [Math.floor(i / units), i % units];
    let sum = bias === undefined ? 0 : bias[unit];
    for (let k = 0; k < width && row < rows; k++) sum += x.data[row * width + k] * w[unit * width + k];
    return sum;
  });
}

/** Where a window stops along an axis: number of places, and padding before the first. */
function windowOf(length, kernel, stride, padding) {
  if (padding !== 'same') return { count: Math.floor((length - kernel) / stride) + 1, before: 0 };
  const count = Math.ceil(length / stride);
  return { count, before: Math.floor(Math.max((count - 1) * stride + kernel - length, 0) / 2) };
}

/** f(places in the image [index of the image, index in the kernel]) for every place of a window over [C, H, W]. */
function slide([, height, width], [kh, kw], [sh, sw], padding) {
  const [down, across] = [windowOf(height, kh, sh, padding), windowOf(width, kw, sw, padding)];
  const places = (i, j) => {
    const found = [];
    for (let u = 0; u < kh; u++) {
      for (let v = 0; v < kw; v++) {
        const [y, x] = [i * sh - down.before + u, j * sw - across.before + v];
        if (y >= 0 && y < height && x >= 0 && x < width) found.push([y * width + x, u * kw + v]);
      }
    }
    return found;
  };
  return { rows: down.count, columns: across.count, places };
}

function convolve(x, w, bias, { filters, kernel, stride, padding }) {
  const [channels, height, width] = x.shape;
  const [plane, taps] = [height * width, kernel[0] * kernel[1]];
  const { rows, columns, places } = slide(x.shape, kernel, stride, padding);
  const y = make([filters, rows, columns], () => 0);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const near = places(i, j);
      for (let f = 0; f < filters; f++) {
        let sum = bias === undefined ? 0 : bias[f];
        for (let c = 0; c < channels; c++) for (const [at, tap] of near) sum += x.data[c * plane + at] * w[(f * channels + c) * taps + tap];
        y.data[(f * rows + i) * columns + j] = sum;
      }
    }
  }
  return y;
}

function transposedConvolve(x, w, bias, { filters, kernel: [kh, kw], stride: [sh, sw] }) {
  const [channels, height, width] = x.shape;
  const [rows, columns] = [(height - 1) * sh + kh, (width - 1) * sw + kw];
  const y = make([filters, rows, columns], (i) => (bias === undefined ? 0 : bias[Math.floor(i / (rows * columns))]));
  for (let c = 0; c < channels; c++) {
    for (let p = 0; p < height * width; p++) {
      const value = x.data[c * height * width + p];
      for (let f = 0; f < filters; f++) {
        for (let t = 0; t < kh * kw; t++) {
          const [row, column] = [Math.floor(p / width) * sh + Math.floor(t / kw), (p % width) * sw + (t % kw)];
          y.data[(f * rows + row) * columns + column] += value * w[(c * filters + f) * kh * kw + t];
        }
      }
    }
  }
  return y;
}

function pool(x, p, join) {
  const kernel = p.pool_size ?? [2, 2];
  const plane = x.shape[1] * x.shape[2];
  const { rows, columns, places } = slide(x.shape, kernel, p.stride ?? kernel, p.padding);
  return make([x.shape[0], rows, columns], (i) => {
    const [channel, at] = [Math.floor(i / (rows * columns)), i % (rows * columns)];
    return join(places(Math.floor(at / columns), at % columns).map(([place]) => x.data[channel * plane + place]));
  });
}

`;
