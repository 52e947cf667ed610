"""Bits of one random stream, by the formulas documented in src-core/lib/random.ts, in Python's unbounded whole numbers.

Run: python3 test/reference/random/make.py   (prints the list that test/core/random/random.test.ts pins)
"""

M = 0xFFFFFFFF


def triple32(x):
    x = ((x ^ (x >> 17)) * 0xED5AD4BB) & M
    x = ((x ^ (x >> 11)) * 0xAC4C1B51) & M
    x = ((x ^ (x >> 15)) * 0x31848BAB) & M
    return x ^ (x >> 14)


def lowbias32(x):
    x = ((x ^ (x >> 16)) * 0x21F0AAAD) & M
    x = ((x ^ (x >> 15)) * 0x735A2D97) & M
    return x ^ (x >> 15)


def key_of(*parts):
    k0, k1 = 0x9E3779B9, 0x85EBCA6B
    for part in parts:
        words = [part & M, (part >> 32) & M] if isinstance(part, int) else [len(part), *map(ord, part)]
        for word in words:
            first = triple32(((k0 ^ word) + 0x9E3779B9) & M)
            k1 = triple32(((k1 + word * 0x85EBCA6B) & M) ^ first)
            k0 = first
    return k0, k1


def bits_at(key, index):
    low, high = index & M, index >> 32
    return lowbias32((triple32(low ^ key[0]) + (key[1] ^ (high * 0x9E3779B9 & M))) & M)


key = key_of(42, "dropout", "h1", 7)
print([*key, *(bits_at(key, i) for i in (0, 1, 2, 2**32, 2**40 + 5))])
