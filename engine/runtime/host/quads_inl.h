// SPDX-License-Identifier: GPL-3.0-or-later
// Quads: a layout of image rows for depthwise convolution with AVX-512 VNNI, and the computation of
// output rows from it.
//
// The instruction adds four products per lane, so four neighbouring columns of one channel must
// share a lane. Each image row is therefore converted once to quads: for every even column p and
// each channel, the values of columns p to p + 3. One quad serves output columns p (weights w0, w1,
// w2, 0) and p + 1 (0, w0, w1, w2) where the stride is 1, and output p / 2 where it is 2. Wider
// filters take several chunks of quads, four columns apart.
//
// Lanes run over columns and channels (flat), in blocks of 64; weights repeat with the channels.
// Interleaving four vectors of 64 bytes leaves lane 4i + k of vector v with byte 16i + 4v + k of
// the block; packing the results to bytes reverses this at no cost.

#if defined(NETCALIPER_QUADS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_QUADS_INL_H
#undef NETCALIPER_QUADS_INL_H
#else
#define NETCALIPER_QUADS_INL_H
#endif

#include "runtime/host/requantize_inl.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if HWY_TARGET == HWY_AVX3_DL

constexpr size_t kBlock = 64;                    ///< lanes of a block, and bytes of a vector
constexpr size_t kBlockBytes = kBlock * kGroup;  ///< four vectors

struct QuadSide {
    Window window;
    OutputCodes range;
    int32_t zeroPoint;
    Rounding rounding;
    int32_t outputsPerQuad;         ///< 2 for stride 1, else 1
    int32_t chunks;                 ///< of four taps, per filter row
    int32_t quads;                  ///< output columns / outputsPerQuad, rounded up
    int32_t period;                 ///< in blocks: channels repeat after it
    size_t rowBlocks;               ///< number of blocks in a row of quads
    size_t planeBytes, chunkBytes;  ///< of one plane of columns, of one chunk of a row
    size_t weights, scales;         ///< offsets in the side block

    int32_t span() const { return (window.filterHeight - 1) * window.dilationHeight + 1; }
    size_t channels() const { return static_cast<size_t>(window.inChannels); }
    size_t rowBytes() const { return chunkBytes * static_cast<size_t>(chunks); }
    /// Number of weight vectors of one block for one output of a quad.
    size_t blockWeights() const {
        return static_cast<size_t>(window.filterHeight) * static_cast<size_t>(chunks) * 4;
    }
};

// ---- Rows of quads ---------------------------------------------------------------------------

/// True where a vector holds several whole columns: planes are then selected from two vectors at a
/// time.
inline bool holdsColumns(size_t channels) {
    return channels % 4 == 0 && channels < kBlock && kBlock % channels == 0;
}

/// Loads the 64 values that start `at` bytes after a row's first code; beyond the row, which has
/// `end` bytes, they are `pad`, as codes.
HWY_INLINE __m512i loadValues(const int8_t* row, ptrdiff_t at, ptrdiff_t end, __m512i pad) {
    constexpr ptrdiff_t kBytes = kBlock;
    const __m512i flip = _mm512_set1_epi8(-128);
    if (at >= 0 && at + kBytes <= end) return _mm512_xor_si512(_mm512_loadu_si512(row + at), flip);
    const ptrdiff_t before = at < 0 ? -at : 0, after = at + kBytes > end ? at + kBytes - end : 0;
    if (before + after >= kBytes) return _mm512_xor_si512(pad, flip);
    const __mmask64 real = (~uint64_t{0} << before) & (~uint64_t{0} >> after);
    // Memory before the row is not read, but its address must be computed.
    const auto address = reinterpret_cast<uintptr_t>(row) + static_cast<uintptr_t>(at);
    return _mm512_xor_si512(
        _mm512_mask_loadu_epi8(pad, real, reinterpret_cast<const void*>(address)), flip);
}

/// Separates even and odd columns of a row by vector permutations.
inline void selectPlanes(const QuadSide& side, const int8_t* row, Value* even, Value* odd) {
    const Window& w = side.window;
    const auto channels = static_cast<uint32_t>(side.channels());
    alignas(64) uint32_t evenLanes[kLanes];
    for (uint32_t lane = 0; lane < kLanes; ++lane)
        evenLanes[lane] = lane + lane * 4 / channels * (channels / 4);
    const __m512i selectEven = _mm512_load_si512(evenLanes);
    const __m512i selectOdd =
        _mm512_add_epi32(selectEven, _mm512_set1_epi32(static_cast<int>(channels / 4)));
    const __m512i pad = _mm512_set1_epi8(static_cast<int8_t>(side.zeroPoint));
    const auto end = static_cast<ptrdiff_t>(w.inWidth) * static_cast<ptrdiff_t>(channels);
    auto from = -static_cast<ptrdiff_t>(w.padLeft) * static_cast<ptrdiff_t>(channels);
    for (size_t at = 0; at < side.planeBytes; at += kBlock, from += 2 * kBlock) {
        const __m512i a = loadValues(row, from, end, pad);
        const __m512i b = loadValues(row, from + ptrdiff_t{kBlock}, end, pad);
        _mm512_store_si512(even + at, _mm512_permutex2var_epi32(a, selectEven, b));
        _mm512_store_si512(odd + at, _mm512_permutex2var_epi32(a, selectOdd, b));
    }
}

/// Separates even and odd columns of a row by copying them one by one.
inline void copyPlanes(const QuadSide& side, const int8_t* row, Value* even, Value* odd) {
    const Window& w = side.window;
    const size_t channels = side.channels();
    const auto pad = static_cast<uint8_t>(side.zeroPoint + kValueBias);
    const auto padLeft = static_cast<size_t>(w.padLeft);
    const size_t columns = side.planeBytes / channels * 2;
    const size_t room = columns > padLeft ? columns - padLeft : 0;
    const auto width = static_cast<size_t>(w.inWidth);
    const size_t first = columns - room, last = first + (width < room ? width : room);
    const auto place = [&](size_t at) { return (at % 2 == 0 ? even : odd) + at / 2 * channels; };
    for (size_t at = 0; at < first; ++at)
        __builtin_memset(place(at), pad, channels);
    for (size_t at = first; at < last; ++at, row += channels)
        toValues(row, channels, place(at));
    for (size_t at = last; at < columns; ++at)
        __builtin_memset(place(at), pad, channels);
}

/// Separates even and odd columns of one padded row.
inline void fillPlanes(const QuadSide& side, const int8_t* input, int32_t row, Value* even,
                       Value* odd) {
    const Window& w = side.window;
    if (row < 0 || row >= w.inHeight) {
        const auto pad = static_cast<uint8_t>(side.zeroPoint + kValueBias);
        __builtin_memset(even, pad, side.planeBytes);
        __builtin_memset(odd, pad, side.planeBytes);
        return;
    }
    const int8_t* codes =
        input + static_cast<size_t>(row) * static_cast<size_t>(w.inWidth) * side.channels();
    if (holdsColumns(side.channels()))
        selectPlanes(side, codes, even, odd);
    else
        copyPlanes(side, codes, even, odd);
}

HWY_INLINE __m512i loadBytes(const Value* at) {
    return _mm512_loadu_si512(at);
}

inline void interleave(const QuadSide& side, const Value* even, const Value* odd, Value* quads) {
    const size_t channels = side.channels();
    for (int32_t chunk = 0; chunk < side.chunks; ++chunk, quads += side.chunkBytes) {
        const size_t ahead = static_cast<size_t>(chunk) * 2 * channels;
        for (size_t block = 0; block < side.rowBlocks; ++block) {
            const size_t at = block * kBlock + ahead;
            const __m512i a = loadBytes(even + at), b = loadBytes(odd + at);
            const __m512i c = loadBytes(even + at + channels), d = loadBytes(odd + at + channels);
            const __m512i abLow = _mm512_unpacklo_epi8(a, b), abHigh = _mm512_unpackhi_epi8(a, b);
            const __m512i cdLow = _mm512_unpacklo_epi8(c, d), cdHigh = _mm512_unpackhi_epi8(c, d);
            Value* out = quads + block * kBlockBytes;
            _mm512_store_si512(out, _mm512_unpacklo_epi16(abLow, cdLow));
            _mm512_store_si512(out + kBlock, _mm512_unpackhi_epi16(abLow, cdLow));
            _mm512_store_si512(out + 2 * kBlock, _mm512_unpacklo_epi16(abHigh, cdHigh));
            _mm512_store_si512(out + 3 * kBlock, _mm512_unpackhi_epi16(abHigh, cdHigh));
        }
    }
}

// ---- One row of outputs ----------------------------------------------------------------------

/// Computes the codes of one block, in the order of the flat lanes.
template <Rounding kRounding>
HWY_INLINE void storeBlock(const V32 (&sums)[4], const ChannelScale* scales,
                           const OutputCodes& range, int8_t* output) {
    V32 x[4];
#pragma GCC unroll 4
    for (int v = 0; v < 4; ++v)
        x[v] = scaleSums<kRounding>(sums[v], scales[v]);
    const __m512i offset = _mm512_set1_epi16(static_cast<int16_t>(range.offset));
    const __m512i low = _mm512_adds_epi16(_mm512_packs_epi32(x[0].raw, x[1].raw), offset);
    const __m512i high = _mm512_adds_epi16(_mm512_packs_epi32(x[2].raw, x[3].raw), offset);
    __m512i codes = _mm512_packs_epi16(low, high);
    codes = _mm512_max_epi8(codes, _mm512_set1_epi8(static_cast<int8_t>(range.lowest)));
    codes = _mm512_min_epi8(codes, _mm512_set1_epi8(static_cast<int8_t>(range.highest)));
    _mm512_storeu_si512(output, codes);
}

struct RowTask {
    const Value* const* rows;  ///< per filter row: its quads
    const Weight* weights;
    const ChannelScale* scales;
    int8_t* codes[2];  ///< first and second outputs of all quads, in flat lanes
};

template <Rounding kRounding, int kOutputs>
void computeRow(const QuadSide& side, const RowTask& task) {
    const D32 d;
    int32_t phase = 0;
    const Weight* weights = task.weights;
    const ChannelScale* scales = task.scales;
    for (size_t block = 0; block < side.rowBlocks; ++block) {
        V32 sums[kOutputs][4];
#pragma GCC unroll 4
        for (int v = 0; v < 4; ++v)
#pragma GCC unroll 2
            for (int o = 0; o < kOutputs; ++o)
                sums[o][v] = hn::Load(d, scales[v].start);
        for (int32_t tapRow = 0; tapRow < side.window.filterHeight; ++tapRow) {
            const Value* quads = task.rows[tapRow] + block * kBlockBytes;
            for (int32_t chunk = 0; chunk < side.chunks; ++chunk, quads += side.chunkBytes)
#pragma GCC unroll 4
                for (int v = 0; v < 4; ++v) {
                    const V32 x{_mm512_load_si512(quads + v * static_cast<int>(kBlock))};
#pragma GCC unroll 2
                    for (int o = 0; o < kOutputs; ++o, weights += kBlock)
                        sums[o][v] = dot(sums[o][v], x, loadWeights(weights));
                }
        }
#pragma GCC unroll 2
        for (int o = 0; o < kOutputs; ++o)
            storeBlock<kRounding>(sums[o], scales, side.range, task.codes[o] + block * kBlock);
        scales += 4;
        if (++phase == side.period) {
            phase = 0;
            weights = task.weights;
            scales = task.scales;
        }
    }
}

/// Interleaves the first and second outputs of the quads.
template <size_t kChannels>
void mergeColumns(const int8_t* first, const int8_t* second, size_t channels, int32_t columns,
                  int8_t* output) {
    const size_t n = kChannels > 0 ? kChannels : channels;
    for (int32_t column = 0; column + 1 < columns; column += 2, first += n, second += n) {
        __builtin_memcpy(output, first, n);
        __builtin_memcpy(output + n, second, n);
        output += 2 * n;
    }
    if (columns % 2 != 0) __builtin_memcpy(output, first, n);
}

inline void mergeColumns(const QuadSide& side, const int8_t* first, const int8_t* second,
                         int8_t* output) {
    const size_t channels = side.channels();
    const int32_t columns = side.window.outWidth;
    switch (channels) {
        case 8:
            return mergeColumns<8>(first, second, channels, columns, output);
        case 16:
            return mergeColumns<16>(first, second, channels, columns, output);
        case 32:
            return mergeColumns<32>(first, second, channels, columns, output);
        case 64:
            return mergeColumns<64>(first, second, channels, columns, output);
        case 128:
            return mergeColumns<128>(first, second, channels, columns, output);
        default:
            return mergeColumns<0>(first, second, channels, columns, output);
    }
}

template <Rounding kRounding>
void computeRow(const QuadSide& side, const RowTask& task, int8_t* output) {
    if (side.outputsPerQuad == 2) {
        computeRow<kRounding, 2>(side, task);
        mergeColumns(side, task.codes[0], task.codes[1], output);
    } else {
        computeRow<kRounding, 1>(side, task);
        __builtin_memcpy(output, task.codes[0],
                         static_cast<size_t>(side.window.outWidth) * side.channels());
    }
}

#endif  // AVX-512 VNNI

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
