// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/tflm/cmsis_scratch.h"

#include <algorithm>

#include "cost/tflm/window_dims.h"

namespace cost {
namespace {

using types::DataType;
using types::Graph;
using types::Op;
using types::OpKind;
using types::Shape;
using types::Tensor;

using ScratchSizes = std::vector<int64_t>;

constexpr KernelVersion kCmsis4_1 = kernelVersion(4, 1), kCmsis5 = kernelVersion(5),
                        kCmsis6 = kernelVersion(6), kCmsis7 = kernelVersion(7),
                        kCmsis26 = kernelVersion(26, 6);

int64_t roundUp(int64_t n, int64_t to) {
    return (n + to - 1) / to * to;
}

/// TFLM requests nothing where a kernel asks for 0 bytes.
ScratchSizes unlessZero(int64_t bytes) {
    return bytes > 0 ? ScratchSizes{bytes} : ScratchSizes{};
}

/// Formulas of the library, named after its functions.
class CmsisSizes {
public:
    explicit CmsisSizes(const KernelBuild& library) : m_library(library) {}

    /// Two columns of 16 bits for 8-bit values, or four of 8 bits with Helium.
    int64_t convolveS8(int64_t column) const {
        if (isMve()) return 4 * roundUp(column, since(kCmsis6) ? 16 : 8);
        return 2 * 2 * (since(kCmsis5) ? roundUp(column, 4) : column);
    }

    int64_t convolveWrapperS8(const WindowDims& w) const {
        if (isPointwise(w)) return 0;
        return isOneByN(w) && isMve() ? oneByN(w) : convolveS8(w.taps() * w.inChannels);
    }

    int64_t convolveWrapperS16(const WindowDims& w) const {
        constexpr int64_t kFastColumn = 512;
        const int64_t column = w.taps() * w.inChannels;
        if (since(kCmsis6)) return isMve() ? 4 * 2 * roundUp(column, 8) : 2 * 2 * column;
        const bool fast = isDsp() && column < kFastColumn && !w.isDilated();
        return fast ? 2 * 2 * column : 0;
    }

    int64_t depthwiseOpt(const WindowDims& w) const {
        constexpr int64_t kChannelBlock = 124;
        if (isMve()) return 4 * kChannelBlock * w.taps();
        return isDsp() ? 2 * w.inChannels * w.taps() : 0;
    }

    int64_t depthwiseWrapperS8(const WindowDims& w) const {
        if (isMve() && since(kCmsis7) && w.inChannels == 1 && w.outChannels > 1)
            return depthwiseAsConvolution(w);
        if (!isOptimisedDepthwise(w)) return 0;
        const bool threeByThree =
            w.filterHeight == 3 && w.filterWidth == 3 && w.padHeight <= 1 && w.padWidth <= 1;
        return threeByThree && !isMve() && since(kCmsis4_1) ? 0 : depthwiseOpt(w);
    }

    int64_t depthwiseWrapperS4(const WindowDims& w) const {
        if (!isOptimisedDepthwise(w)) return 0;
        return isMve() && since(kCmsis6) ? depthwiseOpt(w) : 2 * w.inChannels * w.taps();
    }

    /// Either a convolution with the reversed filter, which needs a copy of it, or a ring of rows
    /// of 32-bit sums over the output; once, sums for all taps of all inputs.
    ScratchSizes transposeConvS8(const WindowDims& w) const {
        constexpr int64_t kReverseFromChannels = 17, kReverseUpToStride = 2;
        if (!since(kCmsis7)) return {4 * w.taps() * w.inWidth * w.inHeight * w.outChannels};
        const int64_t column = w.taps() * w.inChannels;
        if (w.inChannels >= kReverseFromChannels && w.strideWidth <= kReverseUpToStride &&
            w.strideHeight <= kReverseUpToStride)
            return {convolveS8(column), column * w.outChannels};
        const int64_t rows = std::max(w.filterHeight, w.strideHeight);
        const int64_t columns =
            (w.inWidth - 1) * w.strideWidth + std::max(w.filterWidth, w.strideHeight);
        return {4 * rows * columns * w.outChannels, 0};
    }

    int64_t averagePool(int64_t channels) const { return isDsp() ? 4 * channels : 0; }

    /// Sums of weights per output, of fully connected layers and of SVDF.
    int64_t kernelSums(int64_t outputs) const {
        return isMve() && since(kCmsis5) ? 4 * outputs : 0;
    }

private:
    bool since(KernelVersion version) const { return m_library.version >= version; }
    bool isMve() const { return m_library.core == KernelCore::Mve; }
    bool isDsp() const { return m_library.core == KernelCore::Dsp; }

    bool isPointwise(const WindowDims& w) const {
        const bool sameDepth = w.inChannels == w.filterChannels || !since(kCmsis26);
        return w.taps() == 1 && !w.isDilated() && w.padHeight == 0 && w.padWidth == 0 && sameDepth;
    }

    bool isOneByN(const WindowDims& w) const {
        const bool fits =
            since(kCmsis4_1) ? w.strideWidth * w.inChannels % 4 == 0 : w.outWidth % 4 == 0;
        return w.inHeight == 1 && w.filterHeight == 1 && w.dilationWidth == 1 && fits;
    }

    /// Columns at both ends that reach into the padding are copied.
    int64_t oneByN(const WindowDims& w) const {
        if (!since(kCmsis6)) return 0;
        const auto columnsIn = [&w](int64_t pad) {
            return pad == 0 ? 0 : std::max<int64_t>(1, (pad + w.strideWidth - 1) / w.strideWidth);
        };
        const int64_t total = (w.outWidth - 1) * w.strideWidth + w.filterWidth - w.inWidth;
        const int64_t uneven = total % 2;
        const int64_t right = columnsIn(w.padWidth + uneven), left = columnsIn(w.padWidth);
        if (right + left + std::max<int64_t>(w.outWidth - right - left, 0) != w.outWidth)
            return convolveS8(w.taps() * w.inChannels);
        const int64_t leftPad = w.padWidth * w.inChannels;
        const int64_t rightPad = uneven != 0 ? right * w.inChannels : leftPad;
        const int64_t row = w.filterWidth * w.inChannels;
        return std::max(row + leftPad, row - w.inChannels + rightPad);
    }

    /// As a convolution over one channel, with a copy of the filter in its order.
    int64_t depthwiseAsConvolution(WindowDims w) const {
        w.filterChannels = 1;
        return convolveWrapperS8(w) + w.outChannels * w.taps();
    }

    static bool isOptimisedDepthwise(const WindowDims& w) {
        return w.inChannels == w.outChannels && w.batch == 1 && !w.isDilated();
    }

    const KernelBuild& m_library;
};

/// The kernel takes 64-bit biases; for others TFLM requests nothing.
bool hasBiasOfKernel(const Graph& graph, const Op& op) {
    return op.input(2) < 0 || graph.tensor(op.input(2)).type == DataType::Int64;
}

ScratchSizes convolution(const Graph& graph, const Op& op, const CmsisSizes& sizes) {
    const DataType type = graph.tensor(op.input(0)).type;
    const auto dims = windowDims(graph, op);
    if (!dims) return {};
    if (type == DataType::Int8) return unlessZero(sizes.convolveWrapperS8(*dims));
    if (type != DataType::Int16 || !hasBiasOfKernel(graph, op)) return {};
    return unlessZero(sizes.convolveWrapperS16(*dims));
}

ScratchSizes depthwise(const Graph& graph, const Op& op, const CmsisSizes& sizes) {
    const auto dims = windowDims(graph, op);
    if (!dims || graph.tensor(op.input(0)).type != DataType::Int8) return {};
    const bool isInt4 = graph.tensor(op.input(1)).type == DataType::Int4;
    return unlessZero(isInt4 ? sizes.depthwiseWrapperS4(*dims) : sizes.depthwiseWrapperS8(*dims));
}

bool isInteger(DataType type) {
    return type == DataType::Int8 || type == DataType::Int16;
}

/// A product over rows is a convolution of 1x1, which wants a multiplier and a shift per output.
bool isRunAsConvolution(const Graph& graph, const Op& op) {
    const Shape& weights = graph.tensor(op.input(1)).shape;
    return graph.tensor(op.output(0)).shape.size() > 2 && weights.back() % 4 == 0;
}

ScratchSizes fullyConnected(const Graph& graph, const Op& op, const CmsisSizes& sizes) {
    const Tensor& weights = graph.tensor(op.input(1));
    const bool isInt8 =
        graph.tensor(op.input(0)).type == DataType::Int8 && weights.type == DataType::Int8;
    if (!isInt8) return {};  // 4-bit weights are read unpacked
    const int64_t outputs = graph.tensor(op.output(0)).shape.back();
    if (isRunAsConvolution(graph, op))
        return weights.quantization.perChannel() ? ScratchSizes{} : ScratchSizes{2 * 4 * outputs};
    const bool isPersistent =
        graph.isConstant(op.input(1)) && (op.input(2) < 0 || graph.isConstant(op.input(2)));
    return isPersistent ? ScratchSizes{} : unlessZero(sizes.kernelSums(outputs));
}

ScratchSizes batchMatMul(const Graph& graph, const Op& op, ScratchSizes reference,
                         const CmsisSizes& sizes) {
    if (graph.tensor(op.input(0)).type != DataType::Int8) return reference;
    const int64_t sums = sizes.kernelSums(graph.tensor(op.output(0)).shape.back());
    if (sums > 0) reference.push_back(sums);
    return reference;
}

ScratchSizes scratchOf(const Graph& graph, const Op& op, ScratchSizes reference,
                       const KernelBuild& library) {
    const CmsisSizes sizes(library);
    switch (op.kind) {
        case OpKind::CONV_2D:
            return convolution(graph, op, sizes);
        case OpKind::DEPTHWISE_CONV_2D:
            return depthwise(graph, op, sizes);
        case OpKind::TRANSPOSE_CONV: {
            const bool isInt8 = graph.tensor(op.input(2)).type == DataType::Int8;
            const auto dims = windowDims(graph, op);
            const bool hasKernel = isInt8 && dims && library.version >= kCmsis5;
            return hasKernel ? sizes.transposeConvS8(*dims) : reference;
        }
        case OpKind::AVERAGE_POOL_2D: {
            const Tensor& input = graph.tensor(op.input(0));
            return isInteger(input.type) ? unlessZero(sizes.averagePool(input.shape.back()))
                                         : ScratchSizes{};
        }
        case OpKind::FULLY_CONNECTED:
            return fullyConnected(graph, op, sizes);
        case OpKind::BATCH_MATMUL:
            return batchMatMul(graph, op, std::move(reference), sizes);
        case OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM:  // one buffer fewer than the reference kernel
            if (isInteger(graph.tensor(op.input(0)).type) && reference.size() == 4)
                reference.pop_back();
            return reference;
        default:
            return reference;
    }
}

}  // namespace

KernelScratch cmsisScratch(const Graph& graph, const Op& op, ScratchSizes reference,
                           const KernelBuild& library) {
    const bool isConvolution = op.kind == OpKind::CONV_2D || op.kind == OpKind::DEPTHWISE_CONV_2D;
    if (isConvolution && library.version < kCmsis5 &&
        graph.tensor(op.input(1)).type == DataType::Int4)
        return {{}, "this release of CMSIS-NN has no kernel for 4-bit weights"};
    return {scratchOf(graph, op, std::move(reference), library), {}};
}

int64_t cmsisKernelSums(const Graph& graph, const Op& op, const KernelBuild& library) {
    const CmsisSizes sizes(library);
    if (library.family != KernelFamily::CmsisNn || op.input(0) < 0 ||
        graph.tensor(op.input(0)).type != DataType::Int8)
        return 0;
    if (op.kind == OpKind::SVDF) return sizes.kernelSums(graph.tensor(op.input(1)).shape[0]);
    if (op.kind != OpKind::FULLY_CONNECTED || graph.tensor(op.input(1)).type != DataType::Int8)
        return 0;
    const bool isConstant =
        graph.isConstant(op.input(1)) && (op.input(2) < 0 || graph.isConstant(op.input(2)));
    if (!isConstant || isRunAsConvolution(graph, op)) return 0;
    return sizes.kernelSums(graph.tensor(op.output(0)).shape.back());
}

}  // namespace cost
