// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/sensitivity.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "analysis/count.h"
#include "calibration/model_inputs.h"
#include "learning/network.h"
#include "lowering/seeded_input.h"
#include "quantize/float_model.h"

namespace transform {

using types::Graph;
using types::Result;

namespace {

constexpr size_t kMaxSensitivitySamples = 32, kDirections = 4;
constexpr int32_t kSensitivityRandomSamples = 16;
constexpr uint64_t kSeed = 1;
/// Limit for plain loops: one or two seconds. Never fewer than two samples.
constexpr int64_t kMaxSensitivityMacs = 1'000'000'000;

/// Accumulates, per unit, the squared first-order change of the scores on its removal.
class UnitEffects {
public:
    explicit UnitEffects(const ChannelGroups& groups)
        : m_groups(groups), m_effects(static_cast<size_t>(groups.unitCount()), 0.0) {}

    void add(learning::Network& network) {
        std::vector<double> largest(m_effects.size(), 0.0);
        const auto& owners = m_groups.axes().owners();
        for (size_t i = 0; i < owners.size(); ++i) {
            if (owners[i].isConstantUse()) continue;
            const auto values = network.values(owners[i].tensor);
            const auto gradients = network.gradient(owners[i].tensor);
            if (gradients.empty() || values.empty()) continue;
            for (const auto& [unit, change] :
                 changesOf(static_cast<int32_t>(i), values, gradients)) {
                double& most = largest[static_cast<size_t>(unit)];
                most = std::max(most, change * change);
            }
        }
        for (size_t unit = 0; unit < largest.size(); ++unit)
            m_effects[unit] += largest[unit];
    }

    Scores scores() const {
        Scores scores;
        for (const ChannelGroup& group : m_groups.groups()) {
            GroupScores& members = scores.emplace_back();
            for (int32_t unit : group.units)
                members.push_back(m_effects[static_cast<size_t>(unit)]);
        }
        return scores;
    }

private:
    /// Sum of value times gradient over the elements of each unit, which lie on one axis.
    std::map<int32_t, double> changesOf(int32_t owner, std::span<const float> values,
                                        std::span<const float> gradients) const {
        std::map<int32_t, double> changes;
        const AxisTable& axes = m_groups.axes();
        size_t inner = 1;
        for (int32_t axis = axes.rank(owner) - 1; axis >= 0; --axis) {
            const auto length = static_cast<size_t>(axes.length({owner, axis}));
            std::vector<double> sums(length, 0.0);
            const bool carriesUnits = m_groups.unitOf({owner, axis}, 0) >= 0;
            for (size_t i = 0; carriesUnits && i < values.size(); ++i)
                sums[i / inner % length] += double{values[i]} * double{gradients[i]};
            for (size_t i = 0; carriesUnits && i < length; ++i)
                if (const int32_t unit = m_groups.unitOf({owner, axis}, static_cast<int32_t>(i));
                    unit >= 0)
                    changes[unit] += sums[i];
            inner *= length;
        }
        return changes;
    }

    const ChannelGroups& m_groups;
    std::vector<double> m_effects;
};

/// One sample at a time; gradients of all float activations that the scores depend on.
Result<learning::Network> networkOf(const Graph& graph) {
    learning::NetworkOptions options{.batch = 1, .threads = 1};
    const auto scores = learning::scoreTensors(graph);
    std::set<int32_t> reached(scores.begin(), scores.end());
    for (size_t i = graph.ops.size(); i-- > 0;)
        if (std::ranges::any_of(graph.ops[i].outputs,
                                [&](int32_t t) { return reached.contains(t); }))
            reached.insert(graph.ops[i].inputs.begin(), graph.ops[i].inputs.end());
    for (int32_t tensor : reached)
        if (tensor >= 0 && !graph.isConstant(tensor) && !graph.tensor(tensor).isVariable &&
            graph.tensor(tensor).type == types::DataType::Float32)
            options.watched.push_back(tensor);
    auto network = learning::Network::build(graph, options);
    if (!network)
        return types::fail(network.error().what, network.error().where,
                           "choose another measure: l1, l2 or median");
    return network;
}

/// The operator of `graph` that writes what operator `op` of its float form writes; the float form
/// lacks conversions.
size_t opOf(const Graph& graph, const Graph& real, size_t op) {
    for (size_t i = 0; i < graph.ops.size(); ++i)
        if (graph.ops[i].origin == real.ops[op].origin && graph.ops[i].kind == real.ops[op].kind &&
            (graph.ops[i].origin >= 0 || graph.ops[i].outputs == real.ops[op].outputs))
            return i;
    return op;
}

/// Gradients must reach the first layer that could lose channels.
Result<void> checkRules(const Graph& graph, const ChannelGroups& groups, const Graph& real,
                        const learning::Network& network) {
    for (const learning::FrozenOp& frozen : network.frozen())
        for (const ChannelGroup& group : groups.groups())
            for (const Producer& producer : group.producers)
                if (group.removable() &&
                    static_cast<size_t>(producer.op) < opOf(graph, real, frozen.op))
                    return types::fail("sensitivity cannot be traced through this operator",
                                       types::opLabel(graph, opOf(graph, real, frozen.op)),
                                       "choose another measure: l1, l2 or median");
    return {};
}

/// A run and the gradients of a random sum of the scores.
Result<void> trace(learning::Network& network, const calibration::RealSample& sample,
                   lowering::SplitMix64& random) {
    for (size_t i = 0; i < sample.size(); ++i)
        std::ranges::copy(sample[i], network.input(i).begin());
    if (auto ran = network.forward(1); !ran) return ran;
    for (size_t i = 0; i < network.outputCount(); ++i)
        for (float& sign : network.outputGradient(i))
            sign = random.next() >> 63 ? 1.0f : -1.0f;
    return network.backward();
}

size_t affordableSamples(const Graph& graph, size_t available) {
    int64_t macs = 1;
    for (const types::Op& op : graph.ops)
        macs += analysis::countMacs(graph, op) * static_cast<int64_t>(kDirections);
    const auto affordable = static_cast<size_t>(std::max<int64_t>(kMaxSensitivityMacs / macs, 2));
    return std::min({available, kMaxSensitivitySamples, affordable});
}

}  // namespace

Result<Scores> sensitivity(const Graph& graph, const ChannelGroups& groups,
                           const ApplyContext& context, std::vector<std::string>& changes) {
    // Rounding counts as the identity.
    const Graph real = quantize::toFloat(graph).graph;
    auto network = networkOf(real);
    if (!network) return tl::unexpected(network.error());
    if (auto sound = checkRules(graph, groups, real, *network); !sound)
        return tl::unexpected(sound.error());
    const auto inputs = context.calibration && !context.calibration->empty()
                            ? context.calibration
                            : calibration::randomInputs(graph, kSensitivityRandomSamples, kSeed);
    const size_t samples = affordableSamples(graph, inputs->samples.size());
    lowering::SplitMix64 random(kSeed);
    UnitEffects effects(groups);
    for (size_t s = 0; s < samples; ++s) {
        if (context.work.isStopped()) return types::cancelled();
        context.work.report(static_cast<double>(s) / static_cast<double>(samples),
                            "measuring what channels matter");
        for (size_t direction = 0; direction < kDirections; ++direction) {
            if (auto done = trace(*network, inputs->samples[s], random); !done)
                return tl::unexpected(done.error());
            effects.add(*network);
        }
    }
    changes.push_back("sensitivities measured on " + std::to_string(samples) + " of " +
                      inputs->source);
    return effects.scores();
}

}  // namespace transform
