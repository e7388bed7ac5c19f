// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/sensitivity.h"

#include <algorithm>
#include <map>

#include "analysis/count.h"
#include "analysis/real_values.h"
#include "calibration/model_inputs.h"
#include "lowering/seeded_input.h"
#include "transform/recovery/reverse_pass.h"

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

    void add(const TensorValues& values, const TensorValues& gradients) {
        std::vector<double> largest(m_effects.size(), 0.0);
        const auto& owners = m_groups.axes().owners();
        for (size_t i = 0; i < owners.size(); ++i) {
            if (owners[i].isConstantUse()) continue;
            const auto tensor = static_cast<size_t>(owners[i].tensor);
            if (gradients[tensor].empty() || values[tensor].empty()) continue;
            for (const auto& [unit, change] :
                 changesOf(static_cast<int32_t>(i), values[tensor], gradients[tensor])) {
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
    std::map<int32_t, double> changesOf(int32_t owner, const std::vector<float>& values,
                                        const std::vector<float>& gradients) const {
        std::map<int32_t, double> changes;
        const AxisTable& axes = m_groups.axes();
        size_t inner = 1;
        for (int32_t axis = axes.rank(owner) - 1; axis >= 0; --axis) {
            const auto length = static_cast<size_t>(axes.length({owner, axis}));
            std::vector<double> sums(length, 0.0);
            const bool carriesUnits = m_groups.unitOf({owner, axis}, 0) >= 0;
            for (size_t i = 0; carriesUnits && i < values.size(); ++i)
                sums[i / inner % length] += double{values[i]} * gradients[i];
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

/// Values of all activations in one run.
Result<TensorValues> activationsOf(const Graph& graph, lowering::Execution& execution,
                                   const calibration::RealSample& sample) {
    TensorValues values(graph.tensors.size());
    const auto keep = [&](int32_t tensor) {
        if (tensor >= 0)
            values[static_cast<size_t>(tensor)] =
                analysis::dequantize(graph.tensor(tensor), execution.tensor(tensor));
    };
    const auto fill = [&](lowering::Execution& e) -> Result<void> {
        calibration::writeInputs(graph, sample, e);
        for (int32_t input : graph.inputs)
            keep(input);
        return {};
    };
    execution.resetState();
    auto ran = execution.invokeHops(fill, [&](size_t op) {
        for (int32_t output : graph.ops[op].outputs)
            keep(output);
    });
    if (!ran) return tl::unexpected(ran.error());
    return values;
}

TensorValues randomDirection(const Graph& graph, lowering::SplitMix64& random) {
    TensorValues gradients(graph.tensors.size());
    for (int32_t tensor : scoreTensors(graph)) {
        auto& signs = gradients[static_cast<size_t>(tensor)];
        signs.resize(static_cast<size_t>(graph.tensor(tensor).elements()));
        for (float& sign : signs)
            sign = random.next() >> 63 ? 1.0f : -1.0f;
    }
    return gradients;
}

/// Gradients must reach the first layer that could lose channels.
Result<void> checkRules(const Graph& graph, const ChannelGroups& groups, const ReversePass& pass) {
    if (!pass.barrier()) return {};
    for (const ChannelGroup& group : groups.groups())
        for (const Producer& producer : group.producers)
            if (group.removable() && static_cast<size_t>(producer.op) < *pass.barrier())
                return types::fail("sensitivity cannot be traced through this operator",
                                   types::opLabel(graph, *pass.barrier()),
                                   "choose another measure: l1, l2 or median");
    return {};
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
    const ReversePass pass(graph);
    if (auto sound = checkRules(graph, groups, pass); !sound) return tl::unexpected(sound.error());
    auto execution = lowering::Execution::create(graph);
    if (!execution) return tl::unexpected(execution.error());
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
        const auto values = activationsOf(graph, *execution, inputs->samples[s]);
        if (!values) return tl::unexpected(values.error());
        for (size_t direction = 0; direction < kDirections; ++direction) {
            TensorValues gradients = randomDirection(graph, random);
            pass.run(*values, gradients);
            effects.add(*values, gradients);
        }
    }
    changes.push_back("sensitivities measured on " + std::to_string(samples) + " of " +
                      inputs->source);
    return effects.scores();
}

}  // namespace transform
