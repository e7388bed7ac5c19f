// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/choose_channels.h"

#include <algorithm>

#include "analysis/count.h"
#include "calibration/output_distance.h"
#include "types/knob_domain.h"
#include "types/number_text.h"

namespace transform {

using types::Graph;
using types::GraphPtr;
using types::ImportanceMeasure;
using types::PruneScope;
using types::Result;
using types::Variation;

namespace {

constexpr ImportanceMeasure kMeasures[] = {ImportanceMeasure::L1, ImportanceMeasure::Sensitivity,
                                           ImportanceMeasure::Similarity};
constexpr PruneScope kScopes[] = {PruneScope::PerLayer, PruneScope::Global};
/// Steps of the search for a share: they leave a thousandth of the model.
constexpr int kShareSteps = 10;
constexpr size_t kGroupSamples = 64;

int64_t macsOf(const Graph& graph) {
    int64_t macs = 0;
    for (const types::Op& op : graph.ops)
        macs += analysis::countMacs(graph, op);
    return macs;
}

std::vector<PruneManner> candidates(const Variation& variation) {
    std::vector<PruneManner> list;
    for (ImportanceMeasure measure : kMeasures)
        for (PruneScope scope : kScopes) {
            if (variation.prune.measure.value_or(measure) != measure) continue;
            const bool isScope = variation.prune.channels == 0
                                     ? scope == PruneScope::PerLayer
                                     : variation.prune.scope.value_or(scope) == scope;
            if (isScope) list.push_back({measure, scope, variation.prune.channels});
        }
    // A measure that is not tried where nothing is set.
    if (list.empty() && variation.prune.measure)
        for (PruneScope scope : kScopes)
            list.push_back({*variation.prune.measure, scope, variation.prune.channels});
    return list;
}

/// Sets the share that leaves at most `wanted` MACs, as close as channel counts allow.
Result<void> matchMacs(PruneManner& manner, int64_t wanted, const NarrowIn& narrowIn) {
    double low = 0, high = 1;
    for (int step = 0; step < kShareSteps; ++step) {
        manner.share = (low + high) / 2;
        const auto narrowed = narrowIn(manner, nullptr);
        if (!narrowed) return tl::unexpected(narrowed.error());
        (macsOf(**narrowed) <= wanted ? high : low) = manner.share;
    }
    manner.share = high;
    return {};
}

std::string nameOf(const PruneManner& manner) {
    return std::string(wordOf(types::kMeasureWords, manner.measure)) + " " +
           (manner.shares.empty() ? wordOf(types::kScopeWords, manner.scope)
                                  : "with shares by measured error");
}

/// Some of the samples, spread over them: single groups tell enough on these.
calibration::RealInputsPtr someOf(const calibration::RealInputs& inputs) {
    auto some = std::make_shared<calibration::RealInputs>();
    some->source = inputs.source;
    const size_t count = std::min(inputs.samples.size(), kGroupSamples);
    for (size_t i = 0; i < count; ++i)
        some->samples.push_back(inputs.samples[i * inputs.samples.size() / count]);
    return some;
}

/// Tries candidates and keeps the best.
class Trials {
public:
    Trials(const Variation& variation, const NarrowIn& narrowIn,
           const calibration::OutputDistance& judge, calibration::HeldBackSamples parts,
           const types::Work& work)
        : m_variation(variation),
          m_narrowIn(narrowIn),
          m_judge(judge),
          m_parts(std::move(parts)),
          m_work(work) {}

    /// Candidates that cannot be made, for example with operators without a derivative rule, are
    /// passed over.
    Result<void> tryAll() {
        std::vector<PruneManner> open = candidates(m_variation);
        const auto first = m_narrowIn(open[0], nullptr);
        if (!first) return tl::unexpected(first.error());
        m_wanted = macsOf(**first);
        for (size_t i = 0; i < open.size(); ++i) {
            m_work.report(0.4 * static_cast<double>(i) / static_cast<double>(open.size()),
                          "trying which channels to remove");
            const bool ranksAll =
                open[i].scope == PruneScope::Global && m_variation.prune.channels != 0;
            if (i > 0 && ranksAll && !matchMacs(open[i], m_wanted, m_narrowIn)) continue;
            if (auto tried = tryOne(open[i]); !tried) return tried;
        }
        return {};
    }

    /// Requires a best one.
    Result<void> tryShares(const std::vector<int32_t>& layers) {
        const auto samples = someOf(*m_parts.learned);
        size_t done = 0;
        ShareQuestion question;
        question.layers = layers;
        question.wanted = m_wanted;
        question.count = [&](const LayerShares& shares) -> Result<int64_t> {
            const auto narrowed = m_narrowIn(withShares(shares), nullptr);
            if (!narrowed) return tl::unexpected(narrowed.error());
            return macsOf(**narrowed);
        };
        question.measure = [&](const LayerShares& shares) -> Result<ShareTrial> {
            if (m_work.isStopped()) return types::cancelled();
            m_work.report(
                0.4 + 0.5 * static_cast<double>(done++) / static_cast<double>(2 * layers.size()),
                "measuring what single layers lose");
            const auto narrowed = m_narrowIn(withShares(shares), samples);
            if (!narrowed) return tl::unexpected(narrowed.error());
            const auto distance = m_judge.to(**narrowed, m_work.quiet());
            if (!distance) return tl::unexpected(distance.error());
            return ShareTrial{*distance, macsOf(**narrowed)};
        };
        const auto whole = question.count({});
        if (!whole) return tl::unexpected(whole.error());
        question.macs = *whole;
        const auto shares = allocateShares(question);
        if (!shares && shares.error().isCancelled()) return tl::unexpected(shares.error());
        return shares && !shares->empty() ? tryOne(withShares(*shares)) : Result<void>();
    }

    const std::optional<PruneManner>& best() const { return m_best; }
    std::string sentence() const {
        return "pruned by " + nameOf(*m_best) + ", whose outputs are nearest on " +
               std::to_string(m_judge.samples()) + " held-back samples (" + m_told + ")";
    }

private:
    PruneManner withShares(const LayerShares& shares) const {
        return {m_best->measure, PruneScope::PerLayer, 0, shares};
    }

    Result<void> tryOne(const PruneManner& manner) {
        if (m_work.isStopped()) return types::cancelled();
        const auto narrowed = m_narrowIn(manner, m_parts.learned);
        if (!narrowed && narrowed.error().isCancelled()) return tl::unexpected(narrowed.error());
        const auto distance =
            narrowed ? m_judge.to(**narrowed, m_work.quiet()) : tl::unexpected(narrowed.error());
        if (!distance && distance.error().isCancelled()) return tl::unexpected(distance.error());
        if (!distance) return {};
        m_told += (m_told.empty() ? "" : ", ") + nameOf(manner) + " " +
                  types::percentText(100 * *distance, "%.1f");
        if (m_best && !(*distance < m_least)) return {};
        m_best = manner;
        m_least = *distance;
        return {};
    }

    const Variation& m_variation;
    const NarrowIn& m_narrowIn;
    const calibration::OutputDistance& m_judge;
    const calibration::HeldBackSamples m_parts;
    const types::Work& m_work;
    int64_t m_wanted = 0;
    std::optional<PruneManner> m_best;
    double m_least = 0;
    std::string m_told;
};

}  // namespace

bool isOpen(const Variation& variation, const ApplyContext& context) {
    const bool isSet =
        variation.prune.measure && (variation.prune.scope || variation.prune.channels == 0);
    return variation.prunesChannels() && !isSet && context.calibration &&
           context.calibration->samples.size() >= 8;
}

PruneManner mannerOf(const Variation& variation) {
    return {variation.prune.measure.value_or(ImportanceMeasure::L1),
            variation.prune.scope.value_or(PruneScope::PerLayer), variation.prune.channels};
}

Result<PruneManner> chooseManner(const Graph& original, const Variation& variation,
                                 const ApplyContext& context, const NarrowIn& narrowIn,
                                 const std::vector<int32_t>& layers,
                                 std::vector<std::string>& changes) {
    auto parts = calibration::holdBack(*context.calibration);
    const auto judge =
        calibration::OutputDistance::create(original, parts.heldBack, context.work.quiet());
    if (!judge) return tl::unexpected(judge.error());
    Trials trials(variation, narrowIn, *judge, std::move(parts), context.work);
    if (auto tried = trials.tryAll(); !tried) return tl::unexpected(tried.error());
    if (!trials.best()) return mannerOf(variation);
    const bool opensShares = variation.prune.channels != 0 && !variation.prune.scope;
    if (opensShares && layers.size() > 1)
        if (auto tried = trials.tryShares(layers); !tried) return tl::unexpected(tried.error());
    changes.push_back(trials.sentence());
    return *trials.best();
}

}  // namespace transform
