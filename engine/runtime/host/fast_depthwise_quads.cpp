// SPDX-License-Identifier: GPL-3.0-or-later
// DEPTHWISE_CONV_2D on 8-bit codes with AVX-512 VNNI, for horizontal strides of 1 and 2: a ring
// holds as many rows of quads (quads_inl.h) as the filter has rows.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_depthwise_quads.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/fast_families_inl.h"
#include "runtime/host/quads_inl.h"
#include "runtime/host/side_block.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

#if HWY_TARGET == HWY_AVX3_DL

namespace {

/// The workspace: two planes, a ring of rows of quads, two rows of codes.
struct Workspace {
    Value *even, *odd, *ring;
    int8_t* codes[2];
    size_t bytes;

    Workspace(const QuadSide& side, uint8_t* memory) {
        SideBlock block(memory);
        const size_t plane = side.planeBytes + kBlock + side.channels();
        const size_t codeBytes = side.rowBlocks * kBlock;
        even = block.at<Value>(block.take<Value>(plane));
        odd = block.at<Value>(block.take<Value>(plane));
        ring =
            block.at<Value>(block.take<Value>(side.rowBytes() * static_cast<size_t>(side.span())));
        codes[0] = block.at<int8_t>(block.take<int8_t>(codeBytes));
        codes[1] = block.at<int8_t>(block.take<int8_t>(codeBytes));
        bytes = block.bytes();
    }
};

constexpr int32_t kMaxFilterRows = 16;

void computeImage(const QuadSide& side, const uint8_t* base, const Workspace& work,
                  const int8_t* input, int8_t* output) {
    const Window& w = side.window;
    const Value* rows[kMaxFilterRows];
    const auto slot = [&](int32_t row) {
        return work.ring + static_cast<size_t>(row % side.span()) * side.rowBytes();
    };
    RowTask task{rows,
                 sideAt<Weight>(base, side.weights),
                 sideAt<ChannelScale>(base, side.scales),
                 {work.codes[0], work.codes[1]}};
    int32_t filled = 0;  // number of rows of the padded image in the ring
    for (int32_t row = 0; row < w.outHeight; ++row) {
        const int32_t top = row * w.strideHeight;
        filled = filled < top ? top : filled;
        for (; filled < top + side.span(); ++filled) {
            fillPlanes(side, input, filled - w.padTop, work.even, work.odd);
            interleave(side, work.even, work.odd, slot(filled));
        }
        for (int32_t tap = 0; tap < w.filterHeight; ++tap)
            rows[tap] = slot(top + tap * w.dilationHeight);
        if (side.rounding == Rounding::Positive)
            computeRow<Rounding::Positive>(side, task, output);
        else
            computeRow<Rounding::Signed>(side, task, output);
        output += static_cast<size_t>(w.outWidth) * side.channels();
    }
}

Status runQuads(const FastCall& fast) {
    const auto& side = *sideAt<QuadSide>(fast.side, 0);
    const Window& w = side.window;
    const Workspace work(side, fast.workspace);
    const int8_t* input = fast.input<int8_t>(0);
    int8_t* output = fast.output<int8_t>();
    for (int32_t batch = 0; batch < w.batches; ++batch) {
        computeImage(side, fast.side, work, input, output);
        input += static_cast<size_t>(w.inHeight) * static_cast<size_t>(w.inWidth) * side.channels();
        output +=
            static_cast<size_t>(w.outHeight) * static_cast<size_t>(w.outWidth) * side.channels();
    }
    return Status::Ok;
}

// ---- Preparation -----------------------------------------------------------------------------

size_t greatestCommonDivisor(size_t a, size_t b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
}

QuadSide layOut(const LayerInt8& layer) {
    const Window& w = layer.window;
    QuadSide side{};
    side.window = w;
    side.range = layer.range;
    side.zeroPoint = layer.zeroPoint();
    side.outputsPerQuad = w.strideWidth == 1 ? 2 : 1;
    side.chunks = (w.filterWidth + side.outputsPerQuad - 1 + 3) / 4;
    side.quads = (w.outWidth + side.outputsPerQuad - 1) / side.outputsPerQuad;
    const size_t channels = side.channels();
    side.period = static_cast<int32_t>(channels / greatestCommonDivisor(channels, kBlock));
    side.rowBlocks = (static_cast<size_t>(side.quads) * channels + kBlock - 1) / kBlock;
    // Every second column: those of all quads, and of the chunks after them.
    side.planeBytes = static_cast<size_t>(side.quads + 2 * side.chunks) * channels;
    side.chunkBytes = side.rowBlocks * kBlockBytes;
    return side;
}

/// Flat lane of a block that lane `lane` of vector `vector` holds.
size_t flatLane(size_t vector, size_t lane) {
    return lane / 4 * 16 + vector * 4 + lane % 4;
}

void packLane(const LayerInt8& layer, const QuadSide& side, size_t block, size_t vector,
              size_t lane, SideBlock& memory) {
    const Window& w = side.window;
    const auto channel =
        static_cast<int32_t>((block * kBlock + flatLane(vector, lane)) % side.channels());
    setChannel(memory.at<ChannelScale>(side.scales)[block * 4 + vector], lane,
               layer.start(channel, kValueBias), layer.factor(channel));
    const auto outputs = static_cast<size_t>(side.outputsPerQuad);
    Weight* weights =
        memory.at<Weight>(side.weights) + block * side.blockWeights() * outputs * kBlock;
    for (int32_t row = 0; row < w.filterHeight; ++row)
        for (int32_t k = 0; k < side.chunks * 4; ++k)
            for (size_t o = 0; o < outputs; ++o) {
                const int32_t tap = k - static_cast<int32_t>(o);
                const size_t step = static_cast<size_t>(row * side.chunks + k / 4) * 4 + vector;
                weights[(step * outputs + o) * kBlock + lane * 4 + static_cast<size_t>(k % 4)] =
                    tap >= 0 && tap < w.filterWidth
                        ? layer.weight(channel, row * w.filterWidth + tap, 0)
                        : Weight{0};
            }
}

}  // namespace

FastPlan prepareDepthwiseQuads(const LayerInt8& layer, uint8_t* memory) {
    const Window& w = layer.window;
    constexpr int32_t kMaxPeriod = 64;  // in blocks; a longer period would not be faster
    constexpr size_t kMaxWorkspace = size_t{1} << 24;  // bytes; quads grow with the filter's width
    if (layer.depthMultiplier != 1 || w.dilationWidth != 1 || w.strideWidth > 2 ||
        w.filterHeight > kMaxFilterRows || w.padLeft >= 2 * kMaxFilterRows)
        return {};
    QuadSide side = layOut(layer);
    side.rounding = layer.rounding();
    const size_t workspace = Workspace(side, nullptr).bytes;
    if (side.rounding == Rounding::General || side.period > kMaxPeriod || workspace > kMaxWorkspace)
        return {};
    SideBlock block(memory);
    const auto period = static_cast<size_t>(side.period);
    block.take<QuadSide>(1);
    side.weights = block.take<Weight>(period * side.blockWeights() * kBlock *
                                      static_cast<size_t>(side.outputsPerQuad));
    side.scales = block.take<ChannelScale>(period * 4);
    if (block.writing()) {
        *block.at<QuadSide>(0) = side;
        for (size_t b = 0; b < period; ++b)
            for (size_t vector = 0; vector < 4; ++vector)
                for (size_t lane = 0; lane < kLanes; ++lane)
                    packLane(layer, side, b, vector, lane, block);
    }
    return {runQuads, block.bytes(), workspace};
}

#else
FastPlan prepareDepthwiseQuads(const LayerInt8&, uint8_t*) {
    return {};
}
#endif  // AVX-512 VNNI

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
