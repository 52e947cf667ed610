"""Fits the coefficients of src-core/kernels/wasm/assembly/vector-math.ts; run it with python3 and mpmath to see them anew.

Weighted least squares in 60 digits on Chebyshev points, reweighted by the error (Lawson) until it is even: near minimax.
"""
import mpmath as mp

mp.mp.dps = 60


def nodes(low, high, count):
    return [(low + high) / 2 - (high - low) / 2 * mp.cos(mp.pi * (2 * i + 1) / (2 * count)) for i in range(count)]


def least_squares(rows, right, weights):
    n = len(rows[0])
    a, b = mp.zeros(n, n), mp.zeros(n, 1)
    for row, r, w in zip(rows, right, weights):
        for i in range(n):
            b[i] += w * row[i] * r
            for j in range(n):
                a[i, j] += w * row[i] * row[j]
    return list(mp.lu_solve(a, b))


def lawson(rows, right, errors, rounds=40):
    """rows·c = right, scaled so that the residual is the wanted (relative) error."""
    weights = [mp.mpf(1)] * len(rows)
    best = None
    for _ in range(rounds):
        c = least_squares(rows, right, weights)
        e = errors(c)
        worst = max(abs(x) for x in e)
        if best is None or worst < best[0]:
            best = (worst, c)
        weights = [w * (abs(x) / worst + mp.mpf("1e-3")) for w, x in zip(weights, e)]
        total = sum(weights) / len(weights)
        weights = [w / total for w in weights]
    return best


def polynomial(f, low, high, degree, scale=lambda x: mp.mpf(1)):
    """Σ c_k x^k near f on [low, high], the error times scale(x) made small."""
    xs = nodes(mp.mpf(low), mp.mpf(high), 160)
    rows = [[scale(x) * x**k for k in range(degree + 1)] for x in xs]
    right = [scale(x) * f(x) for x in xs]
    return lawson(rows, right, lambda c: [sum(r * k for r, k in zip(row, c)) - b for row, b in zip(rows, right)])


def show(name, result):
    print(f"{name}: error {mp.nstr(result[0], 3)}")
    for c in result[1]:
        print("   ", mp.nstr(c, 12))


# e^r = 1 + r + r²·p(r) for |r| ≤ ln2/2
half = mp.log(2) / 2
show("exp", polynomial(lambda r: (mp.exp(r) - 1 - r) / r**2, -half, half, 3, lambda r: r**2 / mp.exp(r)))

# atanh(s) = s + s·z·p(z), z = s²: logarithms
def atanh_tail(z):
    s = mp.sqrt(z)
    return (mp.atanh(s) / s - 1) / z

# |s| ≤ (√2 − 1)/(√2 + 1) for log, ≤ 1/3 for log(1 + t) with t ≤ 1
limit = ((mp.sqrt(2) - 1) / (mp.sqrt(2) + 1)) ** 2
show("log", polynomial(atanh_tail, 0, limit, 2, lambda z: z))
show("log1p", polynomial(atanh_tail, 0, mp.mpf(1) / 9, 4, lambda z: z))

# erfcx(z) = e^{z²}·erfc(z) = P(t), t = (z − 2)/(z + 2), 0 ≤ z ≤ 10
def erfcx(z):
    return mp.exp(z * z) * mp.erfc(z)

def of_t(t):
    z = 2 * (1 + t) / (1 - t)
    return erfcx(z)

show("erfcx", polynomial(of_t, -1, mp.mpf(8) / 12, 10, lambda t: 1 / of_t(t)))


def tanh_fit(top, p_degree, q_degree):
    """tanh x = x·P(z)/Q(z), z = x², Q(0) = 1; relative error. The linear problem is solved again with the last Q as weight."""
    xs = [x for x in nodes(mp.mpf("1e-3"), mp.mpf(top), 200)]
    q = [mp.mpf(1)] + [mp.mpf(0)] * q_degree
    best = None
    weights = [mp.mpf(1)] * len(xs)
    for _ in range(60):
        scale = [1 / (mp.tanh(x) * sum(c * x ** (2 * k) for k, c in enumerate(q))) for x in xs]
        rows = [[s * x ** (2 * k + 1) for k in range(p_degree + 1)] + [-s * mp.tanh(x) * x ** (2 * k) for k in range(1, q_degree + 1)] for x, s in zip(xs, scale)]
        right = [s * mp.tanh(x) for x, s in zip(xs, scale)]
        c = least_squares(rows, right, weights)
        p, q = c[: p_degree + 1], [mp.mpf(1)] + c[p_degree + 1 :]
        e = [x * sum(a * x ** (2 * k) for k, a in enumerate(p)) / sum(a * x ** (2 * k) for k, a in enumerate(q)) / mp.tanh(x) - 1 for x in xs]
        worst = max(abs(v) for v in e)
        if best is None or worst < best[0]:
            best = (worst, p + q)
        weights = [w * (abs(v) / worst + mp.mpf("1e-3")) for w, v in zip(weights, e)]
        total = sum(weights) / len(weights)
        weights = [w / total for w in weights]
    return best


for degrees in ((3, 3), (4, 3), (4, 4), (5, 3)):
    show(f"tanh {degrees}", tanh_fit(9, *degrees))
