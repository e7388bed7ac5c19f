// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/terms/fingerprint.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <vector>

namespace cost {
namespace {

using types::DataType;
using types::OpKind;

constexpr int kManyWorkloads = 400, kFewWorkloads = 20;
constexpr int kLibraries = static_cast<int>(KernelLibrary::NetcaliperMve) + 1;
constexpr OpKind kWindowed[] = {OpKind::CONV_2D, OpKind::DEPTHWISE_CONV_2D, OpKind::TRANSPOSE_CONV,
                                OpKind::AVERAGE_POOL_2D, OpKind::MAX_POOL_2D};

/// Random numbers that never change (splitmix64).
class Draw {
public:
    explicit Draw(uint64_t seed) : m_state(seed) {}
    /// Returns one of 1, ..., most.
    int32_t upTo(int32_t most) {
        uint64_t z = (m_state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return 1 + static_cast<int32_t>((z ^ (z >> 31)) % static_cast<uint64_t>(most));
    }
    bool oneOf(int32_t count) { return upTo(count) == 1; }

private:
    uint64_t m_state;
};

/// Sizes at which kernels change path are drawn often: one channel, whole words, 1x1, long columns.
int32_t drawChannels(Draw& draw) {
    if (draw.oneOf(6)) return 1;
    return draw.oneOf(2) ? 4 * draw.upTo(24) : draw.upTo(150);
}

void drawTypes(Draw& draw, OperatorShapes& s) {
    constexpr DataType kTypes[] = {DataType::Int8, DataType::Int8, DataType::Int16,
                                   DataType::Float32};
    s.type = s.weightType = kTypes[draw.upTo(4) - 1];
    const bool narrow = s.type == DataType::Int8 && draw.oneOf(3);
    if (s.type == DataType::Int16) s.weightType = DataType::Int8;
    if (narrow) s.weightType = DataType::Int4;
    s.perChannel = draw.oneOf(2);
    s.biased = !draw.oneOf(4);
}

OperatorShapes drawWindowed(Draw& draw, OpKind kind) {
    OperatorShapes s;
    s.kind = kind;
    drawTypes(draw, s);
    const int32_t channels = drawChannels(draw), height = draw.oneOf(6) ? 1 : draw.upTo(20);
    const int32_t width = 4 + draw.upTo(20), kernel = draw.oneOf(3) ? 1 : draw.upTo(3) + 1;
    const int32_t stride = draw.upTo(3), dilation = kernel > 1 && draw.oneOf(6) ? 2 : 1;
    const bool transposed = kind == OpKind::TRANSPOSE_CONV;
    const bool depthwise = kind == OpKind::DEPTHWISE_CONV_2D;
    s.window.filterHeight = height == 1 ? 1 : kernel;
    s.window.filterWidth = kernel;
    s.window.strideHeight = s.window.strideWidth = stride;
    s.window.dilationHeight = s.window.dilationWidth = transposed ? 1 : dilation;
    s.window.padding = draw.oneOf(2) ? types::Padding::Same : types::Padding::Valid;
    const int32_t out = depthwise ? channels * (draw.oneOf(2) ? 1 : draw.upTo(8))
                        : kind == OpKind::CONV_2D || transposed ? drawChannels(draw)
                                                                : channels;
    const auto size = [&](int32_t in) {
        return transposed ? in * stride : std::max(1, in / stride);
    };
    s.inputs = {{draw.oneOf(5) ? 2 : 1, height, width, channels}};
    s.output = {s.inputs[0][0], size(height), size(width), out};
    if (kind == OpKind::AVERAGE_POOL_2D || kind == OpKind::MAX_POOL_2D) {
        if (!draw.oneOf(3)) return s;
        s.window.filterHeight = height;  // over the whole image
        s.window.filterWidth = width;
        return s;
    }
    s.filter = {depthwise ? 1 : out, s.window.filterHeight, kernel, depthwise ? out : channels};
    return s;
}

OperatorShapes drawDense(Draw& draw) {
    OperatorShapes s;
    s.kind = OpKind::FULLY_CONNECTED;
    drawTypes(draw, s);
    const int32_t in = draw.upTo(900), out = draw.upTo(60), batch = draw.upTo(3);
    s.inputs = {{batch, in}};
    s.output = {batch, out};
    s.filter = {out, in};
    return s;
}

OperatorShapes drawPlain(Draw& draw, OpKind kind) {
    OperatorShapes s;
    s.kind = kind;
    drawTypes(draw, s);
    const int32_t height = draw.upTo(12), width = draw.upTo(12), channels = drawChannels(draw);
    s.inputs = {{1, height, width, channels}};
    s.output = s.inputs[0];
    const bool pads = kind == OpKind::PAD || kind == OpKind::PADV2;
    if (pads) s.output = {1, height + draw.upTo(3), width + draw.upTo(3), channels};
    if (pads && draw.oneOf(3)) s.output[3] += draw.upTo(8);
    if (kind == OpKind::CONCATENATION) s.output[3] = 2 * channels;
    const bool pairs = kind == OpKind::ADD || kind == OpKind::MUL || kind == OpKind::CONCATENATION;
    if (pairs) s.inputs.push_back(s.inputs[0]);
    if (pairs && draw.oneOf(3)) s.inputs[1] = {1, 1, 1, channels};
    return s;
}

bool isWindowed(OpKind kind) {
    return std::find(std::begin(kWindowed), std::end(kWindowed), kind) != std::end(kWindowed);
}

std::vector<Workload> drawAll() {
    std::vector<Workload> workloads;
    for (int32_t k = 0; k < types::kOpKindCount; ++k) {
        const OpKind kind = static_cast<OpKind>(k);
        const bool hasPaths = isWindowed(kind) || kind == OpKind::FULLY_CONNECTED;
        Draw draw(static_cast<uint64_t>(nameHash(types::opName(kind))));
        for (int i = 0; i < (hasPaths ? kManyWorkloads : kFewWorkloads); ++i) {
            const bool dense = kind == OpKind::FULLY_CONNECTED;
            workloads.push_back(workloadOf(isWindowed(kind) ? drawWindowed(draw, kind)
                                           : dense          ? drawDense(draw)
                                                            : drawPlain(draw, kind)));
            workloads.back().clamped = draw.oneOf(2);
            workloads.back().rectified = i % 2 != 0;
        }
    }
    return workloads;
}

using Table = std::map<std::string, std::string>;

/// Loops that run and how often; six digits are the same on every machine.
std::string countsOf(const KernelTerms& terms) {
    std::string text;
    char count[32];
    for (const KernelTerms::Term& term : terms) {
        if (term.count == 0) continue;  // a loop that never runs needs no figure
        std::snprintf(count, sizeof count, "=%.6g;", term.count);
        text.append(term.name.text).append(count);
    }
    return text;
}

Table tableOf(KernelLibrary kernels) {
    std::map<std::string, std::string> counts;
    for (const Workload& w : drawAll()) {
        const KernelTerms terms = kernelTerms(w, kernels);
        counts[std::string(terms.path.text) + " " + costType(w)] += countsOf(terms);
    }
    Table table;
    for (const auto& [key, text] : counts) {
        char digits[32];
        std::snprintf(digits, sizeof digits, "%016llx",
                      static_cast<unsigned long long>(nameHash(text)));
        table[key] = digits;
    }
    return table;
}

}  // namespace

const std::string& termsFingerprint(const std::string& path, const std::string& dtype,
                                    KernelLibrary kernels) {
    static const auto tables = [] {
        std::array<Table, kLibraries> all;
        for (int k = 0; k < kLibraries; ++k)
            all[static_cast<size_t>(k)] = tableOf(static_cast<KernelLibrary>(k));
        return all;
    }();
    static const std::string none;
    const Table& table = tables[static_cast<size_t>(kernels)];
    const auto found = table.find(path + " " + dtype);
    return found == table.end() ? none : found->second;
}

}  // namespace cost
