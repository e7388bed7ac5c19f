// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/terms/kernel_terms.h"

#include <cmath>

#include "cost/terms/window_terms.h"
#include "types/target.h"

namespace cost {
namespace {

using types::DataType;
using types::OpKind;

/// Below this many input channels gathering and remainders outweigh the products.
constexpr int64_t kFewChannels = 4;

/// Element-wise work on four elements a step, or on each element where shapes differ: then the
/// plain code runs, which works out every index.
KernelTerms elementwiseTerms(const Workload& w, KernelLibrary set) {
    const bool plain = set == KernelLibrary::Reference || w.broadcast;
    static constexpr std::array<TermName, 2> add = {"ADD", "ADD/broadcast"},
                                             mul = {"MUL", "MUL/broadcast"};
    KernelTerms t{(w.kind == OpKind::ADD ? add : mul)[w.broadcast ? 1 : 0]};
    t.add("call", 1);
    t.add("element", static_cast<double>(w.outputs));
    t.add("row", w.broadcast ? static_cast<double>(w.batch * w.outHeight * w.outWidth) : 0.0);
    t.add("remainder", plain ? 0.0 : static_cast<double>(w.outputs % 4));
    return t;
}

KernelTerms softmaxTerms(const Workload& w) {
    KernelTerms t{"SOFTMAX"};
    const double rows = static_cast<double>(w.outputs / std::max<int64_t>(1, w.outChannels));
    t.add("call", 1);
    t.add("row", rows);
    t.add("element", static_cast<double>(w.outputs));
    return t;
}

KernelTerms concatenationTerms(const Workload& w) {
    KernelTerms t{"CONCATENATION"};
    const double copies = static_cast<double>(w.outer * w.operands);
    t.add("call", 1);
    t.add("operand", static_cast<double>(w.operands));
    t.add("copy", copies);
    t.add("byte", static_cast<double>(w.outputs));
    return t;
}

KernelTerms padTerms(const Workload& w) {
    KernelTerms t{"PAD"};
    const double inRows = static_cast<double>(w.batch * w.inHeight);
    t.add("call", 1);
    t.add("output", static_cast<double>(w.outputs));
    t.add("input", static_cast<double>(w.inputs));
    t.add("output row", static_cast<double>(w.batch * w.outHeight));
    t.add("input row", inRows);
    t.add("output pixel", static_cast<double>(w.pixels()));
    t.add("input pixel", inRows * static_cast<double>(w.inWidth));
    return t;
}

/// CMSIS-NN fills and copies whole rows, or pixel by pixel where channels are padded: 16 bytes per
/// step, the last step predicated with vectors.
KernelTerms copiedPadTerms(const Workload& w, bool vectors) {
    KernelTerms t{"PAD/copied"};
    const auto steps = [vectors](double times, int64_t bytes) {
        const double whole = static_cast<double>(bytes) / 16;
        return times * (vectors ? std::ceil(whole) : whole);
    };
    const bool byPixel = w.inChannels != w.outChannels;
    const double rows = static_cast<double>(w.batch * w.inHeight);
    const double copies = byPixel ? rows * static_cast<double>(w.inWidth) : rows;
    const int64_t side = (w.outWidth - w.inWidth) * w.outChannels;
    t.add("call", 1);
    t.add("row", rows);
    t.add("copy", copies);
    t.add("copy, 16 bytes", steps(copies, byPixel ? w.inChannels : w.inChannels * w.inWidth));
    t.add("side", side > 0 ? rows : 0);
    t.add("side, 16 bytes", steps(rows, side));
    t.add("edge, 16 bytes", steps(static_cast<double>(w.batch),
                                  (w.outHeight - w.inHeight) * w.outWidth * w.outChannels));
    t.add("pixel of padded channels", byPixel ? copies : 0);
    t.add("padded channel",
          byPixel ? copies * static_cast<double>(w.outChannels - w.inChannels) : 0);
    return t;
}

/// Operators that move or map elements one by one.
KernelTerms movingTerms(const Workload& w) {
    KernelTerms t{opTerm(w.kind)};
    t.add("call", 1);
    t.add("output", static_cast<double>(w.outputs));
    t.add("input", static_cast<double>(w.inputs));
    return t;
}

bool isNetcaliper(KernelLibrary set) {
    return set == KernelLibrary::NetcaliperDsp || set == KernelLibrary::NetcaliperMve;
}

/// Of CMSIS-NN, whose steps our own kernels share where they have no terms of their own.
KernelLibrary likeOf(KernelLibrary set, bool isFloat) {
    if (isFloat) return KernelLibrary::Reference;
    if (set == KernelLibrary::NetcaliperMve) return KernelLibrary::CmsisMve;
    return set == KernelLibrary::NetcaliperDsp ? KernelLibrary::CmsisDsp : set;
}

KernelTerms convolutionTerms(const Workload& w, KernelLibrary set) {
    if (isNetcaliper(set)) return netcaliperConvolution(w, set == KernelLibrary::NetcaliperMve);
    if (set == KernelLibrary::CmsisDsp2020) return dsp2020Convolution(w);
    if (set == KernelLibrary::CmsisDsp) return dspConvolution(w);
    return set == KernelLibrary::CmsisMve ? mveConvolution(w) : referenceConvolution(w);
}

KernelTerms depthwiseTerms(const Workload& w, KernelLibrary set) {
    if (isNetcaliper(set)) return netcaliperDepthwise(w, set == KernelLibrary::NetcaliperMve);
    if (set == KernelLibrary::Reference) return referenceDepthwise(w);
    if (w.type == DataType::Int16) {
        // TFLM calls CMSIS-NN's plain kernel for 16-bit data.
        KernelTerms t = referenceDepthwise(w);
        t.path = "DEPTHWISE_CONV_2D/plain";
        return t;
    }
    if (set == KernelLibrary::CmsisDsp2020) return dsp2020Depthwise(w);
    return set == KernelLibrary::CmsisDsp ? dspDepthwise(w) : mveDepthwise(w);
}

KernelTerms denseTerms(const Workload& w, KernelLibrary set) {
    if (isNetcaliper(set)) return netcaliperFullyConnected(w, set == KernelLibrary::NetcaliperMve);
    if (set == KernelLibrary::CmsisDsp2020) return dsp2020FullyConnected(w);
    if (set == KernelLibrary::CmsisDsp) return dspFullyConnected(w);
    return set == KernelLibrary::CmsisMve ? mveFullyConnected(w) : referenceFullyConnected(w);
}

}  // namespace

TermName opTerm(OpKind kind) {
    // The texts live as long as the program.
    static const std::array<std::string, types::kOpKindCount> texts = [] {
        std::array<std::string, types::kOpKindCount> all;
        for (int32_t k = 0; k < types::kOpKindCount; ++k)
            all[static_cast<size_t>(k)] = types::opName(static_cast<OpKind>(k));
        return all;
    }();
    static const std::array<TermName, types::kOpKindCount> names = [] {
        std::array<TermName, types::kOpKindCount> all;
        for (size_t k = 0; k < all.size(); ++k)
            all[k] = TermName::of(texts[k].c_str());
        return all;
    }();
    return names[static_cast<size_t>(kind)];
}

TermName plainPath(const Workload& w) {
    if (w.kind == OpKind::CONV_2D) {
        if (w.inChannels < kFewChannels) return "CONV_2D/few-channels";
        return w.taps() == 1 ? TermName("CONV_2D/1x1") : TermName("CONV_2D/kxk");
    }
    const bool multiplied = w.kind == OpKind::DEPTHWISE_CONV_2D && w.outChannels != w.inChannels;
    return multiplied ? TermName("DEPTHWISE_CONV_2D/multiplier") : opTerm(w.kind);
}

KernelLibrary kernelLibraryOf(const std::string& runtime, const std::string& core) {
    const types::Isa isa = types::isaOf(core);
    if (isa == types::Isa::Portable) return KernelLibrary::Reference;
    const bool vectors = isa == types::Isa::Mve;
    if (types::runtimeOf(runtime) == types::Runtime::Netcaliper)
        return vectors ? KernelLibrary::NetcaliperMve : KernelLibrary::NetcaliperDsp;
    // X-CUBE-AI's kernels grew out of CMSIS-NN.
    const bool optimised = runtime.find("CMSIS-NN") != std::string::npos ||
                           runtime.find("X-CUBE-AI") != std::string::npos;
    if (!optimised) return KernelLibrary::Reference;
    if (runtime.find("of 2020") != std::string::npos) return KernelLibrary::CmsisDsp2020;
    return vectors ? KernelLibrary::CmsisMve : KernelLibrary::CmsisDsp;
}

KernelTerms kernelTerms(const Workload& w, KernelLibrary set) {
    // CMSIS-NN has no float kernels: the plain ones run. In 2020 it had 8-bit ones only; for the
    // rest, those of today are the best guess.
    const bool isFloat = w.type == DataType::Float32, plain = isFloat && !isNetcaliper(set);
    const bool today = set == KernelLibrary::CmsisDsp2020 &&
                       (w.type == DataType::Int16 || w.weightType == DataType::Int4);
    const KernelLibrary used = plain   ? KernelLibrary::Reference
                               : today ? KernelLibrary::CmsisDsp
                                       : set;
    switch (w.kind) {
        case OpKind::CONV_2D:
            return convolutionTerms(w, used);
        case OpKind::DEPTHWISE_CONV_2D:
            return depthwiseTerms(w, used);
        case OpKind::FULLY_CONNECTED:
            return denseTerms(w, used);
        case OpKind::TRANSPOSE_CONV:
            return transposeConvolutionTerms(w,
                                             isNetcaliper(used) ? KernelLibrary::Reference : used);
        case OpKind::AVERAGE_POOL_2D:
        case OpKind::MAX_POOL_2D:
            return poolTerms(w, isFloat ? KernelLibrary::Reference : used);
        case OpKind::ADD:
        case OpKind::MUL:
            return elementwiseTerms(w, likeOf(used, isFloat));
        case OpKind::SOFTMAX:
            return softmaxTerms(w);
        case OpKind::CONCATENATION:
            return concatenationTerms(w);
        case OpKind::PAD:
        case OpKind::PADV2: {
            const bool vectors = set == KernelLibrary::CmsisMve;
            const bool copied = vectors || used == KernelLibrary::CmsisDsp;
            return copied && w.type == DataType::Int8 ? copiedPadTerms(w, vectors) : padTerms(w);
        }
        default:
            return movingTerms(w);
    }
}

KernelTerms plainTerms(const Workload& w) {
    KernelTerms t{plainPath(w)};
    t.add("mac", static_cast<double>(w.macs));
    t.add("output", static_cast<double>(w.outputs));
    t.add("input", static_cast<double>(w.inputs));
    t.add("call", 1);
    return t;
}

}  // namespace cost
