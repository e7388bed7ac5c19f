// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/layer_features.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string_view>

#include "analysis/real_values.h"

namespace diff {
namespace {

using namespace types;

/// Finalizer of MurmurHash3 (Appleby 2011), which spreads every bit.
uint64_t mixed(uint64_t h) {
    h = (h ^ h >> 33) * 0xff51afd7ed558ccdULL;
    h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53ULL;
    return h ^ h >> 33;
}

uint64_t joined(uint64_t h, uint64_t value) {
    return mixed(h * 0x9e3779b97f4a7c15ULL + value + 1);
}

uint64_t hashOf(std::span<const uint8_t> bytes) {
    uint64_t h = bytes.size() + 1;
    size_t i = 0;
    for (; i + 8 <= bytes.size(); i += 8) {
        uint64_t word;
        std::memcpy(&word, bytes.data() + i, sizeof word);
        h = (std::rotl(h, 29) ^ word) * 0x9e3779b97f4a7c15ULL;
    }
    for (; i < bytes.size(); ++i)
        h = (h ^ bytes[i]) * 0x100000001b3ULL;
    return mixed(h);
}

uint64_t hashOf(std::string_view text) {
    return hashOf({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
}

uint64_t hashOf(const Shape& shape, size_t count) {
    uint64_t h = count;
    for (size_t d = 0; d < count; ++d)
        h = joined(h, static_cast<uint64_t>(shape[d]));
    return h;
}

/// Converters and rewrites exchange these for one another.
OpKind leaderOf(OpKind kind) {
    switch (kind) {
        case OpKind::BATCH_MATMUL:
            return OpKind::FULLY_CONNECTED;
        case OpKind::SELECT_V2:
            return OpKind::SELECT;
        case OpKind::PADV2:
            return OpKind::PAD;
        case OpKind::SQUEEZE:
        case OpKind::EXPAND_DIMS:
            return OpKind::RESHAPE;
        case OpKind::RELU6:
        case OpKind::RELU_N1_TO_1:
            return OpKind::RELU;
        case OpKind::MEAN:
            return OpKind::AVERAGE_POOL_2D;
        default:
            return kind;
    }
}

/// Options that change what a layer computes, without the fused activation, which is a change of
/// its own, and without sizes.
uint64_t optionsHash(const Op& op) {
    if (const auto* w = std::get_if<WindowOptions>(&op.options)) {
        uint64_t h =
            joined(static_cast<uint64_t>(w->padding), static_cast<uint64_t>(w->strideWidth));
        for (const int32_t part : {w->strideHeight, w->dilationWidth, w->dilationHeight,
                                   w->filterWidth, w->filterHeight})
            h = joined(h, static_cast<uint64_t>(part));
        return h;
    }
    if (const auto* c = std::get_if<ConcatenationOptions>(&op.options))
        return joined(1, static_cast<uint64_t>(c->axis));
    if (const auto* p = std::get_if<PartsOptions>(&op.options))
        return joined(static_cast<uint64_t>(p->parts), static_cast<uint64_t>(p->axis));
    if (const auto* g = std::get_if<GatherOptions>(&op.options))
        return joined(2, static_cast<uint64_t>(g->axis));
    return 0;
}

/// False for shapes, axes, paddings and other integers that tell sizes.
bool isWeight(const Tensor& tensor) {
    switch (tensor.type) {
        case DataType::Int32:
        case DataType::Int64:
            return tensor.quantization.present();
        case DataType::Bool:
        case DataType::String:
        case DataType::Resource:
        case DataType::Variant:
            return false;
        default:
            return true;
    }
}

/// The axis with one slice of weights per output channel.
size_t channelAxis(OpKind kind, const Shape& shape) {
    const bool isFirst = kind == OpKind::CONV_2D || kind == OpKind::FULLY_CONNECTED ||
                         kind == OpKind::TRANSPOSE_CONV || shape.empty();
    return isFirst ? 0 : shape.size() - 1;
}

std::vector<float> peaksOf(const std::vector<float>& values, const Shape& shape, size_t axis) {
    const auto channels = static_cast<size_t>(shape.empty() ? 1 : shape[axis]);
    std::vector<float> peaks(channels, 0.0f);
    size_t stride = 1;
    for (size_t d = axis + 1; d < shape.size(); ++d)
        stride *= static_cast<size_t>(shape[d]);
    if (stride == 1) {
        for (size_t i = 0, c = 0; i < values.size(); ++i, c = c + 1 == channels ? 0 : c + 1)
            peaks[c] = std::max(peaks[c], std::abs(values[i]));
        return peaks;
    }
    for (size_t i = 0, c = 0; i < values.size(); i += stride, c = c + 1 == channels ? 0 : c + 1)
        for (size_t j = i; j < i + stride; ++j)
            peaks[c] = std::max(peaks[c], std::abs(values[j]));
    return peaks;
}

/// Adds magnitudes in steps of 1/256 of an octave, each with its nearer neighbour, so that rounding
/// moves none out of the set. Of many values a share is taken, chosen by value: a part of the
/// channels then gives a part of the set.
void addValues(std::array<uint64_t, 8>& set, const std::vector<float>& values) {
    const auto share = std::bit_floor(std::max<size_t>(1, values.size() / 32));
    const auto add = [&set](int64_t step) {
        const uint64_t bit = mixed(static_cast<uint64_t>(step)) % 512;
        set[bit / 64] |= uint64_t{1} << bit % 64;
    };
    for (const float value : values) {
        if (!(std::abs(value) > 1e-12f) || !std::isfinite(value)) continue;
        const double steps = std::log2(std::abs(static_cast<double>(value))) * 256;
        const auto step = static_cast<int64_t>(std::floor(steps));
        if (mixed(static_cast<uint64_t>(step >> 4) ^ 0x5bd1e995) % share != 0) continue;
        add(step);
        const double rest = steps - std::floor(steps);
        if (rest < 0.25) add(step - 1);
        if (rest > 0.75) add(step + 1);
    }
}

void takeSample(LayerFeatures& layer, const std::vector<float>& values) {
    if (values.size() < layer.sample.size()) return;
    double length = 0;
    for (size_t i = 0; i < layer.sample.size(); ++i) {
        const float value = values[i * (values.size() - 1) / (layer.sample.size() - 1)];
        layer.sample[i] = std::isfinite(value) ? value : 0.0f;
        length += double{layer.sample[i]} * layer.sample[i];
    }
    if (!(length > 0) || !std::isfinite(length)) return;
    for (float& value : layer.sample)
        value = static_cast<float>(value / std::sqrt(length));
    layer.hasSample = true;
}

void describeConstants(const LayerNet& net, int32_t index, LayerFeatures& layer) {
    constexpr int64_t kFewest = 16;  // below, equal constants are chance
    const Graph& graph = *net.graph;
    const int32_t weights = weightsOf(net, index);
    if (weights < 0) return;
    const Op& op = net.op(index);
    for (size_t i = 0; i < op.inputs.size(); ++i) {
        const int32_t t = constantBehind(net, index, i);
        if (t < 0 || !isWeight(graph.tensor(t))) continue;
        const Tensor& tensor = graph.tensor(t);
        layer.constants = joined(layer.constants, hashOf(graph.constantData(t).view()) ^
                                                      static_cast<uint64_t>(tensor.type));
        layer.isLarge |= tensor.elements() >= kFewest;
        if (t == weights || tensor.shape.size() > 1) continue;
        addValues(layer.values, analysis::constantValues(graph, t));
    }
    const Tensor& tensor = graph.tensor(weights);
    layer.weightShape = static_cast<uint32_t>(hashOf(tensor.shape, tensor.shape.size()));
    const auto values = analysis::constantValues(graph, weights);
    if (values.size() != static_cast<size_t>(tensor.elements()) || values.empty()) return;
    takeSample(layer, values);
    addValues(layer.values, peaksOf(values, tensor.shape, channelAxis(op.kind, tensor.shape)));
    for (const uint64_t word : layer.values)
        layer.valueCount += std::popcount(word);
}

void describe(const LayerNet& net, int32_t index, LayerFeatures& layer) {
    const Graph& graph = *net.graph;
    const Op& op = net.op(index);
    const OpKind leader = leaderOf(op.kind);
    layer.family = 1 + static_cast<int32_t>(leader);
    if (isCustom(op.kind))
        layer.family =
            1 << 20 | static_cast<int32_t>(hashOf(std::string_view(op.customCode)) & 0xfffff);
    layer.options = static_cast<uint32_t>(optionsHash(op));
    if (op.output(0) >= 0) {
        const Tensor& output = graph.tensor(op.output(0));
        const size_t rank = output.shape.size();
        layer.channels = rank == 0 ? 1 : output.shape.back();
        layer.spatial = static_cast<uint32_t>(hashOf(output.shape, rank == 0 ? 0 : rank - 1));
        if (!output.name.empty())
            layer.name = static_cast<uint32_t>(hashOf(std::string_view(output.name))) | 1;
    }
    describeConstants(net, index, layer);
}

std::vector<uint32_t> nextColors(const LayerNet& net, const std::vector<uint32_t>& colors) {
    std::vector<uint32_t> next(colors.size(), 0);
    std::vector<uint32_t> around;
    for (const int32_t layer : net.sequence) {
        const auto i = static_cast<size_t>(layer);
        uint64_t h = joined(colors[i], static_cast<uint64_t>(net.outputSlot[i] + 1));
        for (const int32_t producer : net.producers[i])
            h = joined(h, producer < 0 ? 7 : colors[static_cast<size_t>(producer)]);
        around.clear();
        for (const int32_t consumer : net.consumers[i])
            around.push_back(colors[static_cast<size_t>(consumer)]);
        std::sort(around.begin(), around.end());
        h = joined(h, around.size());
        for (const uint32_t color : around)
            h = joined(h, color);
        next[i] = static_cast<uint32_t>(h);
    }
    return next;
}

void color(const LayerNet& net, std::vector<LayerFeatures>& layers) {
    std::vector<uint32_t> colors(layers.size(), 0);
    for (const int32_t layer : net.sequence) {
        const LayerFeatures& f = layers[static_cast<size_t>(layer)];
        colors[static_cast<size_t>(layer)] =
            static_cast<uint32_t>(joined(static_cast<uint64_t>(f.family), f.options));
    }
    colors = nextColors(net, colors);
    for (size_t i = 0; i < layers.size(); ++i)
        layers[i].near = colors[i];
    colors = nextColors(net, nextColors(net, colors));
    for (size_t i = 0; i < layers.size(); ++i)
        layers[i].far = colors[i];
}

/// Four sums, so that no addition waits for the one before.
float cosine(const std::array<float, 32>& a, const std::array<float, 32>& b) {
    std::array<float, 4> sums = {};
    for (size_t i = 0; i < a.size(); i += sums.size())
        for (size_t k = 0; k < sums.size(); ++k)
            sums[k] += a[i + k] * b[i + k];
    return sums[0] + sums[1] + sums[2] + sums[3];
}

/// Bits set in both. Without the processor's instruction std::popcount is a call per word; here the
/// words are added up before their bits are counted across.
int countCommon(const std::array<uint64_t, 8>& a, const std::array<uint64_t, 8>& b) {
    constexpr uint64_t kPairs = 0x5555555555555555, kFours = 0x3333333333333333,
                       kBytes = 0x0f0f0f0f0f0f0f0f;
    uint64_t bytes = 0;
    for (size_t i = 0; i < a.size(); i += 2) {
        uint64_t first = a[i] & b[i], second = a[i + 1] & b[i + 1];
        first -= first >> 1 & kPairs;
        second -= second >> 1 & kPairs;
        const uint64_t fours =
            (first & kFours) + (first >> 2 & kFours) + (second & kFours) + (second >> 2 & kFours);
        bytes += (fours & kBytes) + (fours >> 4 & kBytes);
    }
    constexpr uint64_t kWide = 0x00ff00ff00ff00ff;
    const uint64_t wide = (bytes & kWide) + (bytes >> 8 & kWide);
    return static_cast<int>(wide * 0x0001000100010001 >> 48);
}

float constantsLikeness(const LayerFeatures& a, const LayerFeatures& b) {
    if (a.constants == 0 && b.constants == 0) return 0;
    if (a.constants == 0 || b.constants == 0) return -1;
    if (a.constants == b.constants) return 6;
    // What trains a model anew leaves weights of equal shape and no likeness; that says nothing.
    if (a.weightShape == b.weightShape && a.hasSample && b.hasSample) {
        const float like = cosine(a.sample, b.sample);
        return like > 0.6f ? 6 * like : 0;
    }
    const int fewest = std::min(a.valueCount, b.valueCount);
    if (fewest < 4) return 0;
    // Sets of chance have about a seventh in common.
    const float share =
        static_cast<float>(countCommon(a.values, b.values)) / static_cast<float>(fewest);
    return 5 * std::clamp((share - 0.3f) / 0.5f, -0.2f, 1.0f);
}

}  // namespace

int32_t weightsOf(const LayerNet& net, int32_t layer) {
    int32_t weights = -1;
    for (size_t i = 0; i < net.op(layer).inputs.size(); ++i) {
        const int32_t t = constantBehind(net, layer, i);
        if (t < 0 || !isWeight(net.graph->tensor(t))) continue;
        if (weights < 0 || net.graph->tensor(t).elements() > net.graph->tensor(weights).elements())
            weights = t;
    }
    return weights;
}

std::vector<LayerFeatures> featuresOf(const LayerNet& net) {
    std::vector<LayerFeatures> layers(net.size());
    for (const int32_t layer : net.sequence)
        describe(net, layer, layers[static_cast<size_t>(layer)]);
    color(net, layers);
    return layers;
}

float likeness(const LayerFeatures& a, const LayerFeatures& b) {
    float sum = 2 + constantsLikeness(a, b);
    if (a.options == b.options) sum += 0.5f;
    if (a.near == b.near) sum += 1;
    if (a.far == b.far) sum += 1;
    if (a.spatial == b.spatial) sum += 0.5f;
    if (a.channels == b.channels) sum += 0.5f;
    if (a.name != 0 && a.name == b.name) sum += 0.5f;
    return sum;
}

}  // namespace diff
