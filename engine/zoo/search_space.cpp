// SPDX-License-Identifier: GPL-3.0-or-later
#include "zoo/search_space.h"

#include <algorithm>

#include "zoo/graph_builder.h"

namespace zoo {
namespace {

using types::GraphPtr;
using types::Result;

/// Draws the architecture before the weights, from a generator of its own.
class Dice {
public:
    Dice(uint64_t seed, int index) : m_random(seed * 0x2545F4914F6CDD1Du + uint64_t(index)) {
        // The first numbers of neighbouring seeds are alike: skip them.
        m_random.next();
    }

    int32_t between(int32_t low, int32_t high) {
        const auto count = static_cast<uint64_t>(high - low) + 1;
        return low + static_cast<int32_t>(m_random.next() % count);
    }
    /// Returns a multiple of four.
    int32_t channels(int32_t low, int32_t high) { return 4 * between(low / 4, high / 4); }
    bool coin() { return (m_random.next() & 1) != 0; }
    uint64_t seedOfWeights() { return m_random.next(); }

private:
    RandomWeights m_random;
};

std::string memberName(SearchSpace space, uint64_t seed, int index) {
    return std::string(searchSpaceName(space)) + "-" + std::to_string(seed) + "-" +
           std::to_string(index);
}

Result<GraphPtr> drawDsCnn(const std::string& name, Dice& dice) {
    constexpr int32_t kMaxChannels = 276, kMaxBlocks = 9;
    GraphBuilder build(name, Precision::Int8, dice.seedOfWeights());
    build.describe("drawn from the DS-CNN space; untrained weights, for cost exploration");
    Value x = build.input({1, 49, 10, 1});
    x = build.conv(x, dice.channels(16, kMaxChannels), {10, 4}, {2, dice.coin() ? 2 : 1},
                   Padding::Same, Activation::Relu);
    const int32_t blocks = dice.between(2, kMaxBlocks);
    for (int32_t block = 0; block < blocks; ++block) {
        const int32_t stride = block == 0 && dice.coin() ? 2 : 1;
        x = build.depthwise(x, 3, stride, Padding::Same, Activation::Relu);
        x = build.conv(x, dice.channels(16, kMaxChannels), 1, 1, Padding::Same, Activation::Relu);
    }
    const Size whole(build.shape(x)[1], build.shape(x)[2]);
    x = build.averagePool(x, whole, whole);
    return build.finish({build.softmax(build.fullyConnected(build.flatten(x), 12))});
}

/// Expands, filters each channel, projects; adds a shortcut where the shapes allow one.
Value invertedResidual(GraphBuilder& build, Value x, int32_t inner, int32_t outer, int32_t stride) {
    Value y = build.conv(x, inner, 1, 1, Padding::Same, Activation::Relu6);
    y = build.depthwise(y, 3, stride, Padding::Same, Activation::Relu6);
    y = build.conv(y, outer, 1);
    const bool matches = stride == 1 && build.shape(x).back() == outer;
    return matches ? build.add(x, y) : y;
}

Result<GraphPtr> drawMobileNetV2(const std::string& name, Dice& dice) {
    struct Stage {
        int32_t channels, blocks, stride;
    };
    constexpr Stage kStages[] = {{24, 2, 2}, {32, 3, 2}, {64, 4, 2}, {96, 3, 1}, {160, 2, 2}};
    constexpr int32_t kSteps = 10;  // widths of 10 to 100 %, as in the paper
    GraphBuilder build(name, Precision::Int8, dice.seedOfWeights());
    build.describe("drawn from the MobileNetV2 space; untrained weights, for cost exploration");
    const int32_t size = 16 * dice.between(2, 6);
    const auto share = [&](int32_t channels) {
        return std::max(4, channels * dice.between(1, kSteps) / kSteps / 4 * 4);
    };
    Value x = build.input({1, size, size, 3}, 0, 1);
    x = build.conv(x, share(32), 3, 2, Padding::Same, Activation::Relu6);
    for (const Stage& stage : kStages) {
        const int32_t outer = share(stage.channels), blocks = dice.between(1, stage.blocks);
        for (int32_t block = 0; block < blocks; ++block)
            x = invertedResidual(build, x, share(6 * stage.channels), outer,
                                 block == 0 ? stage.stride : 1);
    }
    const Size whole(build.shape(x)[1], build.shape(x)[2]);
    x = build.averagePool(x, whole, whole);
    return build.finish({build.softmax(build.fullyConnected(build.flatten(x), 2))});
}

struct Space {
    SearchSpace space;
    const char *name, *title;
    Result<GraphPtr> (*draw)(const std::string& name, Dice& dice);
};

constexpr Space kSpaces[] = {
    {SearchSpace::DsCnn, "ds-cnn", "DS-CNN", drawDsCnn},
    {SearchSpace::MobileNetV2, "mobilenet-v2", "MobileNetV2", drawMobileNetV2},
};

const Space& entryOf(SearchSpace space) {
    return kSpaces[static_cast<size_t>(space)];
}

}  // namespace

const std::vector<SearchSpace>& searchSpaces() {
    static const std::vector<SearchSpace> all = {SearchSpace::DsCnn, SearchSpace::MobileNetV2};
    return all;
}

const char* searchSpaceName(SearchSpace space) {
    return entryOf(space).name;
}

const char* searchSpaceTitle(SearchSpace space) {
    return entryOf(space).title;
}

std::optional<SearchSpace> searchSpaceNamed(const std::string& name) {
    for (const Space& entry : kSpaces)
        if (name == entry.name) return entry.space;
    return std::nullopt;
}

Result<GraphPtr> drawMember(SearchSpace space, uint64_t seed, int index) {
    Dice dice(seed, index);
    return entryOf(space).draw(memberName(space, seed, index), dice);
}

}  // namespace zoo
