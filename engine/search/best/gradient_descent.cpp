// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "data/seeded_order.h"
#include "engine/learning_set.h"
#include "learning/optimizer.h"
#include "quantize/float_model.h"
#include "search/best/candidates.h"
#include "search/best/soft_widths.h"

namespace search {

using namespace types;

namespace {

constexpr size_t kBatch = 32;
constexpr int kFewestDescents = 60, kMostDescents = 400;
/// Costs change little from step to step.
constexpr int kCostEvery = 5;
/// Shares of the limits that the runs aim at, the first within all of them.
constexpr double kAims[] = {1.0, 0.8, 0.6, 0.45, 0.3};
constexpr double kStartWidth = 0.95, kLeastWidth = 0.06;
constexpr double kWidthStep = 0.04, kWeightRate = 0.0005;
constexpr double kProbe = 0.125;
/// Weight of the soft limits at the end, against the loss.
constexpr double kLimitWeight = 4;
constexpr double kShrink = 0.96;
constexpr int kShrinks = 60;

/// Descends by the loss of the masked model and by soft limits on what it costs.
class WidthDescent {
public:
    WidthDescent(Candidates& candidates, const Graph& floats, const engine::TrainingParts& parts,
                 const SoftWidths& soft)
        : m_candidates(candidates),
          m_floats(floats),
          m_parts(parts),
          m_soft(soft),
          m_set(engine::learningSet(parts.train, parts.lesson, floats.tensor(floats.inputs[0]))) {}

    /// Widths whose costs keep `aim` of the limits, or nothing where none do.
    Result<std::optional<Variation>> run(double aim, uint64_t seed) {
        learning::NetworkOptions options;
        options.batch = static_cast<int32_t>(kBatch);
        options.threads = m_candidates.work().threads;
        auto network = learning::Network::build(m_floats, options);
        if (!network) return tl::unexpected(network.error());
        learning::Optimizer optimizer(network->parameters(), {});
        m_widths.assign(m_soft.count(), kStartWidth);
        m_momentum.assign(m_soft.count(), 0.0);
        const auto order = data::seededOrder(m_set.count, seed);
        const int steps = stepCount();
        for (int step = 0; step < steps && !m_candidates.isOver(); ++step) {
            if (step % kCostEvery == 0) m_costGradient = costGradient(aim);
            auto gradient = lossGradient(*network, order, step);
            if (!gradient) return tl::unexpected(gradient.error());
            optimizer.step(kWeightRate);
            move(*gradient, kLimitWeight * (step + 1) / steps);
        }
        return shrunk(aim);
    }

private:
    int stepCount() const {
        const auto perEpoch = static_cast<double>(m_set.count) / static_cast<double>(kBatch);
        const double wanted = perEpoch * std::max(1, m_candidates.subject().train.epochs);
        return static_cast<int>(std::clamp<double>(wanted, kFewestDescents, kMostDescents));
    }

    Variation variationOf(const std::vector<double>& widths) const {
        Variation variation;
        for (size_t g = 0; g < widths.size(); ++g)
            variation.layers[m_soft.layer(g)].width = std::round(widths[g] * 1000) / 1000;
        return variation;
    }

    /// How far costs are beyond `aim` of their limits; without limits, beyond that share of the
    /// original's MACs.
    double penalty(const std::optional<Answer>& cost, double aim) const {
        if (!cost) return 10;
        const Goal& goal = m_candidates.goal();
        double sum = goal.costExcess(*cost);
        bool isLimited = false;
        for (Limit limit : goal.limits) {
            if (needsSamples(*limit.metric)) continue;
            isLimited = true;
            limit.value *= aim;
            sum += limit.excess(*cost, goal.byUpper);
        }
        return isLimited ? sum : sum + std::max(0.0, macsShare(*cost) / aim - 1);
    }

    double macsShare(const Answer& cost) const {
        const SweptMetric& macs = *metricNamed("macs");
        return cost.value(macs).value_or(0) /
               std::max(1.0, m_candidates.original().value(macs).value_or(1));
    }

    /// By differences of exact costs, so that rounding of channels, memory plans and the kernels'
    /// costs all count.
    std::vector<double> costGradient(double aim) {
        std::vector<Variation> probes;
        std::vector<double> reach;
        for (size_t g = 0; g < m_widths.size(); ++g) {
            auto low = m_widths, high = m_widths;
            low[g] = std::max(kLeastWidth, low[g] - kProbe);
            high[g] = std::min(1.0, high[g] + kProbe);
            reach.push_back(high[g] - low[g]);
            probes.push_back(variationOf(low));
            probes.push_back(variationOf(high));
        }
        const auto costs = m_candidates.cost(probes);
        std::vector<double> gradient;
        for (size_t g = 0; g < m_widths.size(); ++g)
            gradient.push_back((penalty(costs[2 * g + 1], aim) - penalty(costs[2 * g], aim)) /
                               std::max(reach[g], 1e-3));
        return gradient;
    }

    Result<std::vector<double>> lossGradient(learning::Network& network,
                                             const std::vector<size_t>& order, int step) {
        const size_t size = network.inputSize();
        std::vector<float> inputs(kBatch * size);
        learning::Wanted wanted;
        for (size_t i = 0; i < kBatch; ++i) {
            const size_t at = (static_cast<size_t>(step) * kBatch + i) % order.size();
            const size_t sample = order[at];
            if (auto read = m_set.read(sample, std::span(inputs).subspan(i * size, size)); !read)
                return tl::unexpected(read.error());
            if (!m_set.labels.empty()) wanted.labels.push_back(m_set.labels[sample]);
            if (!m_set.targets.empty())
                wanted.targets.insert(wanted.targets.end(), m_set.targets[sample].begin(),
                                      m_set.targets[sample].end());
        }
        if (m_set.reconstructs) wanted.targets = inputs;
        // The unmasked model is the teacher.
        if (auto set = m_soft.apply(network, std::vector<double>(m_widths.size(), 1e3)); !set)
            return tl::unexpected(set.error());
        if (auto ran = network.forward(inputs); !ran) return tl::unexpected(ran.error());
        const std::vector<float> teacher(network.outputs().begin(), network.outputs().end());
        wanted.teacher = teacher;
        if (auto set = m_soft.apply(network, m_widths); !set) return tl::unexpected(set.error());
        if (auto ran = network.forward(inputs); !ran) return tl::unexpected(ran.error());
        learning::LossOptions loss;
        loss.kind = m_parts.lesson.kind;
        loss.classWeights = m_parts.classWeights;
        std::vector<float> gradient(network.outputs().size());
        learning::lossOf(loss, kBatch, network.outputs(), wanted, gradient);
        if (auto ran = network.backward(gradient); !ran) return tl::unexpected(ran.error());
        return m_soft.gradient(network, m_widths);
    }

    /// One step of momentum, of a length that does not depend on the loss's scale.
    void move(const std::vector<double>& loss, double limitWeight) {
        double length = 1e-9, costs = 1e-9;
        for (size_t g = 0; g < loss.size(); ++g) {
            length = std::max(length, std::abs(loss[g]));
            costs = std::max(costs, std::abs(m_costGradient[g]));
        }
        const bool isBeyond = costs > 1e-6;
        for (size_t g = 0; g < loss.size(); ++g) {
            double slope = loss[g] / length;
            if (isBeyond) slope += limitWeight * m_costGradient[g] / costs;
            m_momentum[g] = 0.8 * m_momentum[g] + 0.2 * slope;
            m_widths[g] = std::clamp(m_widths[g] - kWidthStep * m_momentum[g], kLeastWidth, 1.0);
        }
    }

    /// Soft limits may be missed by a little.
    Result<std::optional<Variation>> shrunk(double aim) {
        for (int i = 0; i < kShrinks && !m_candidates.work().isStopped(); ++i) {
            const Variation variation = variationOf(m_widths);
            const auto cost = m_candidates.cost({variation})[0];
            const bool fits = cost && m_candidates.goal().costExcess(*cost) == 0;
            if (fits && penalty(cost, aim) < 0.05) return std::optional(variation);
            for (double& width : m_widths)
                width = std::max(kLeastWidth, width * kShrink);
        }
        return std::optional<Variation>();
    }

    Candidates& m_candidates;
    const Graph& m_floats;
    const engine::TrainingParts& m_parts;
    const SoftWidths& m_soft;
    learning::TrainingSet m_set;
    std::vector<double> m_widths, m_momentum, m_costGradient;
};

/// The precisions of the space; as stored where it names none.
std::vector<QuantizeKnobs> precisionsOf(const Space& space) {
    for (const Dimension& dimension : space.dimensions())
        if (dimension.path == "quantize" || dimension.path == "quantize.precision") {
            std::vector<QuantizeKnobs> all;
            for (const KnobChoice& choice : dimension.choices)
                all.push_back(choice.variation.quantize);
            return all;
        }
    return {QuantizeKnobs()};
}

}  // namespace

Result<void> descend(Candidates& candidates, const Space& space) {
    const SweepSubject& subject = candidates.subject();
    Variation trained;
    trained.train = subject.train;
    const auto chosen = scoring::chooseSamples(*subject.graph, trained, subject.options.data);
    if (!chosen) return tl::unexpected(chosen.error());
    const auto parts = engine::trainingParts(*subject.graph, *chosen);
    if (!parts) return tl::unexpected(parts.error());
    const Graph floats = quantize::toFloat(*subject.graph).graph;
    const auto soft = SoftWidths::create(floats);
    if (!soft) return tl::unexpected(soft.error());
    // A round that finds nothing new is the last.
    int64_t left = -1;
    for (uint64_t round = 0; !candidates.isOver() && left != candidates.evaluationsLeft();
         ++round) {
        left = candidates.evaluationsLeft();
        std::vector<Variation> found;
        for (double aim : kAims) {
            WidthDescent descent(candidates, floats, *parts, *soft);
            const auto widths = descent.run(aim, candidates.options().seed + round);
            if (!widths) return tl::unexpected(widths.error());
            if (!*widths) continue;
            for (const QuantizeKnobs& knobs : precisionsOf(space)) {
                found.push_back(**widths);
                found.back().quantize = knobs;
            }
            if (candidates.isOver()) break;
        }
        auto evaluated = candidates.evaluate(found, subject.train);
        if (!evaluated) return tl::unexpected(evaluated.error());
        // Without a limit of time or evaluations one round is the search.
        if (!candidates.options().deadline && candidates.options().evaluations == 0) return {};
    }
    return {};
}

}  // namespace search
