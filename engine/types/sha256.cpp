// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/sha256.h"

#include <array>
#include <bit>
#include <vector>

namespace types {
namespace {

using Block = std::array<uint32_t, 16>;
using State = std::array<uint32_t, 8>;

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
constexpr std::array<uint32_t, 64> kRoundConstants = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// The same of the square roots of the first 8 primes.
constexpr State kStart = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                          0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

std::array<uint32_t, 64> schedule(const Block& block) {
    std::array<uint32_t, 64> w{};
    for (size_t t = 0; t < 64; ++t) {
        if (t < 16) {
            w[t] = block[t];
            continue;
        }
        const uint32_t early = w[t - 15], late = w[t - 2];
        const uint32_t s0 = std::rotr(early, 7) ^ std::rotr(early, 18) ^ (early >> 3);
        const uint32_t s1 = std::rotr(late, 17) ^ std::rotr(late, 19) ^ (late >> 10);
        w[t] = s1 + w[t - 7] + s0 + w[t - 16];
    }
    return w;
}

void compress(State& state, const Block& block) {
    const auto w = schedule(block);
    auto [a, b, c, d, e, f, g, h] = state;
    for (size_t t = 0; t < 64; ++t) {
        const uint32_t bigE = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
        const uint32_t choice = (e & f) ^ (~e & g);
        const uint32_t first = h + bigE + choice + kRoundConstants[t] + w[t];
        const uint32_t bigA = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
        const uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
        h = g, g = f, f = e, e = d + first;
        d = c, c = b, b = a, a = first + bigA + majority;
    }
    const State change = {a, b, c, d, e, f, g, h};
    for (size_t i = 0; i < state.size(); ++i)
        state[i] += change[i];
}

/// Words are big-endian.
Block blockAt(std::span<const uint8_t> bytes) {
    Block block{};
    for (size_t i = 0; i < 64; ++i)
        block[i / 4] = block[i / 4] << 8 | bytes[i];
    return block;
}

/// What is left after the whole blocks, a single 1 bit, zeros and the length in bits.
std::vector<uint8_t> paddedTail(std::span<const uint8_t> bytes) {
    const auto rest = bytes.subspan(bytes.size() / 64 * 64);
    std::vector<uint8_t> tail(rest.begin(), rest.end());
    tail.push_back(0x80);
    while (tail.size() % 64 != 56)
        tail.push_back(0);
    const uint64_t bits = uint64_t{bytes.size()} * 8;
    for (int shift = 56; shift >= 0; shift -= 8)
        tail.push_back(static_cast<uint8_t>(bits >> shift));
    return tail;
}

}  // namespace

std::string sha256(std::span<const uint8_t> bytes) {
    State state = kStart;
    for (size_t at = 0; at + 64 <= bytes.size(); at += 64)
        compress(state, blockAt(bytes.subspan(at, 64)));
    const auto tail = paddedTail(bytes);
    for (size_t at = 0; at < tail.size(); at += 64)
        compress(state, blockAt(std::span(tail).subspan(at, 64)));
    std::string text;
    for (const uint32_t word : state)
        for (int shift = 28; shift >= 0; shift -= 4)
            text += "0123456789abcdef"[word >> shift & 15];
    return text;
}

}  // namespace types
