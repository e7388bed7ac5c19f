// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/signal_filter_bank.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

bool isInside(int32_t first, int32_t width, int32_t count) {
    return first >= 0 && width <= count && first <= count - width;
}

/// The root of a sum, rounded to the nearest. A sum below 2^32 has a root of 16 bits.
uint32_t roundedRoot(uint64_t sum) {
    const uint64_t most = sum >> 32 == 0 ? UINT16_MAX : UINT32_MAX;
    uint64_t root = 0, rest = sum;
    for (uint64_t bit = uint64_t{1} << 62; bit != 0; bit >>= 2) {
        const bool fits = rest >= root + bit;
        if (fits) rest -= root + bit;
        root = (root >> 1) + (fits ? bit : 0);
    }
    return static_cast<uint32_t>(rest > root && root != most ? root + 1 : root);
}

/// Index of the highest bit of a number above 0.
int32_t highestBit(uint32_t x) {
    return 31 - __builtin_clz(x);
}

/// Base 2, with 16 fraction bits: the exponent, then the mantissa corrected by the table.
uint32_t logarithm2(uint32_t x, const uint16_t* table) {
    constexpr int32_t kFraction = 16, kSegment = kFraction - 7;
    const int32_t exponent = highestBit(x);
    const uint32_t mantissa = x - (uint32_t{1} << exponent);
    const auto fraction =
        static_cast<int32_t>(exponent < kFraction ? mantissa << (kFraction - exponent)
                                                  : mantissa >> (exponent - kFraction));
    const int32_t segment = fraction >> kSegment;
    const int32_t low = table[segment], high = table[segment + 1];
    const int32_t within = ((high - low) * (fraction - (segment << kSegment))) >> kFraction;
    return (static_cast<uint32_t>(exponent) << kFraction) +
           static_cast<uint32_t>(fraction + low + within);
}

uint32_t scaledLogarithm(uint32_t x, uint32_t scale, const uint16_t* table) {
    constexpr uint32_t kLog2 = 45426;  // ln 2, 16 fraction bits
    constexpr uint32_t kHalf = 1 << 15;
    const auto natural =
        static_cast<uint32_t>((uint64_t{kLog2} * logarithm2(x, table) + kHalf) >> 16);
    return (scale * natural + kHalf) >> 16;
}

/// Of the table's three numbers per interval: value, slope and curvature.
bool gainOf(uint32_t noise, const int16_t* table, uint32_t entries, int16_t& gain) {
    if (noise <= 2) {
        if (noise >= entries) return false;
        gain = table[noise];
        return true;
    }
    const int32_t interval = highestBit(noise) + 1;
    const auto first = static_cast<uint32_t>(4 * interval - 6);
    if (first + 2 >= entries) return false;
    const uint32_t aligned = interval < 11 ? noise << (11 - interval) : noise >> (interval - 11);
    const auto fraction = static_cast<int32_t>(aligned & 0x3FF);
    const int16_t* numbers = table + first;
    auto result = static_cast<uint32_t>((numbers[2] * fraction) >> 5);
    result += static_cast<uint32_t>(numbers[1]) << 5;
    result *= static_cast<uint32_t>(fraction);
    gain = static_cast<int16_t>((static_cast<int32_t>(result + (1 << 14)) >> 15) + numbers[0]);
    return true;
}

/// x * x / 4 below 2, else x - 1; from 12 to 6 fraction bits.
uint32_t shrunk(uint32_t ratio) {
    constexpr int kIn = 12, kOut = 6;
    if (ratio < 2u << kIn) return (ratio * ratio) >> (2 + 2 * kIn - kOut);
    return (ratio >> (kIn - kOut)) - (1u << kOut);
}

}  // namespace

Status signalFilterBank(const Call& call) {
    const auto& p = call.params<SignalFilterBankParams>();
    const uint32_t* energies = call.input<uint32_t>(0);
    const int16_t *weights = call.input<int16_t>(1), *unweights = call.input<int16_t>(2);
    uint64_t sum = 0, next = 0;
    for (int32_t band = 0; band <= p.channels; ++band) {
        const int32_t energy = call.input<int16_t>(3)[band], weight = call.input<int16_t>(4)[band];
        const int32_t width = call.input<int16_t>(5)[band];
        if (width > 0 &&
            !(isInside(energy, width, p.energies) && isInside(weight, width, p.weights)))
            return Status::BadData;
        for (int32_t i = 0; i < width; ++i) {
            const uint64_t value = energies[energy + i];
            sum += static_cast<uint64_t>(int64_t{weights[weight + i]}) * value;
            next += static_cast<uint64_t>(int64_t{unweights[weight + i]}) * value;
        }
        if (band > 0) call.output<uint64_t>()[band - 1] = sum;
        sum = next;
        next = 0;
    }
    return Status::Ok;
}

Status signalFilterBankSquareRoot(const Call& call) {
    const auto& p = call.params<SignalSquareRootParams>();
    const int32_t shift = *call.input<int32_t>(1) & 31;  // as processors do
    for (uint32_t i = 0; i < p.channels; ++i)
        call.output<uint32_t>()[i] = roundedRoot(call.input<uint64_t>(0)[i]) >> shift;
    return Status::Ok;
}

Status signalFilterBankSpectralSubtraction(const Call& call) {
    const auto& p = call.params<SignalSubtractionParams>();
    const uint32_t* input = call.input<uint32_t>(0);
    uint32_t *estimates = call.state<uint32_t>(1), *output = call.output<uint32_t>(0);
    for (uint32_t i = 0; i < p.channels; ++i) {
        const uint32_t value = input[i], raised = value << p.smoothingBits;
        const uint64_t smoothed = uint64_t{raised} * p.smoothing[i & 1] +
                                  uint64_t{estimates[i]} * p.oneMinusSmoothing[i & 1];
        estimates[i] = static_cast<uint32_t>(smoothed >> p.bits);
        const bool isAbove = estimates[i] > raised;
        const uint32_t noise = isAbove ? raised : estimates[i];
        if (isAbove && p.clamps != 0) estimates[i] = raised;
        const auto least = static_cast<uint32_t>((uint64_t{value} * p.least) >> p.bits);
        const uint32_t rest = (raised - noise) >> p.smoothingBits;
        output[i] = rest > least ? rest : least;
    }
    if (p.channels > 0)
        __builtin_memcpy(call.output<uint32_t>(1), estimates, p.channels * sizeof(uint32_t));
    return Status::Ok;
}

Status signalPcan(const Call& call) {
    const auto& p = call.params<SignalPcanParams>();
    const uint32_t *values = call.input<uint32_t>(0), *noise = call.input<uint32_t>(1);
    for (uint32_t i = 0; i < p.channels; ++i) {
        int16_t gain = 0;
        if (!gainOf(noise[i], call.input<int16_t>(2), p.table, gain)) return Status::BadData;
        const uint64_t product = uint64_t{values[i]} * static_cast<uint32_t>(int32_t{gain});
        call.output<uint32_t>()[i] = shrunk(static_cast<uint32_t>(product >> p.shift));
    }
    return Status::Ok;
}

Status signalFilterBankLog(const Call& call) {
    const auto& p = call.params<SignalLogParams>();
    const uint16_t* table = call.array<uint16_t>(p.table);
    for (uint32_t i = 0; i < p.channels; ++i) {
        const uint32_t value = call.input<uint32_t>(0)[i] << p.shift;
        const uint32_t log = value > 1 ? scaledLogarithm(value, p.scale, table) : 0;
        call.output<int16_t>()[i] = static_cast<int16_t>(log < INT16_MAX ? log : INT16_MAX);
    }
    return Status::Ok;
}

}  // namespace runtime
