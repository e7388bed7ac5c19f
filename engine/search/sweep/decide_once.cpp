// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/sweep/decide_once.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "data/split.h"
#include "types/knob_domain.h"

namespace search {

using namespace types;

namespace {

constexpr ImportanceMeasure kTried[] = {ImportanceMeasure::L1, ImportanceMeasure::Sensitivity,
                                        ImportanceMeasure::Similarity};
/// Fewer samples tell nothing.
constexpr size_t kFewestDeciding = 16;
constexpr data::Shares kLearnedAndJudged = {0, 0.75, 0.25};

bool isMeasureOpen(const Variation& v) {
    return v.prunesChannels() && !v.prune.measure;
}

/// The precision whose repairs are open; AsStored: none.
Precision openPrecision(const Variation& v) {
    const Precision precision = v.quantize.precision;
    const bool isLowered = precision == Precision::Int8 || precision == Precision::Int16x8 ||
                           precision == Precision::Int8W4;
    const bool isOpen = !v.quantize.equalize || !v.quantize.correctBias;
    return isLowered && isOpen && !v.train.isSet() ? precision : Precision::AsStored;
}

/// One that stands for all that `holds` is true of: the one in the middle.
template <typename Holds>
const Variation* middleOf(const std::vector<Variation>& variations, Holds holds) {
    std::vector<const Variation*> those;
    for (const Variation& variation : variations)
        if (holds(variation)) those.push_back(&variation);
    return those.empty() ? nullptr : those[those.size() / 2];
}

/// Evaluates trials on a part of the learning samples that they did not learn from.
class Trials {
public:
    static Result<Trials> create(const SweepSubject& subject, const Variation& example,
                                 const Work& work) {
        const auto chosen = scoring::chooseSamples(*subject.graph, example, subject.options.data);
        if (!chosen) return tl::unexpected(chosen.error());
        Trials trials(subject, work);
        const data::DatasetPtr& learning = chosen->learning;
        if (!learning || learning->samples.size() < kFewestDeciding) return trials;
        const auto parts = data::split(*learning, kLearnedAndJudged);
        if (!parts) return tl::unexpected(parts.error());
        trials.m_options.data.calibration = partOf(*learning, parts->calibration, "learned");
        trials.m_options.data.dataset = partOf(*learning, parts->test, "judged");
        trials.m_hasData = true;
        return trials;
    }

    bool hasData() const { return m_hasData; }

    /// Index of the variation whose outputs are nearest to the original's.
    size_t best(const std::vector<Variation>& tried) const {
        std::vector<double> decibels(tried.size(), -1e9);
        std::atomic<size_t> next{0};
        const auto trySome = [&] {
            for (size_t i; (i = next++) < tried.size() && !m_work.isStopped();)
                if (const auto e = engine::evaluate(m_subject.graph, tried[i], nullptr, m_options,
                                                    Work{m_work.stop, {}, 1}))
                    decibels[i] = (*e)->totals.sqnrDb.value_or(1e9);
        };
        std::vector<std::thread> threads;
        for (int t = 1; t < m_work.threads && t < static_cast<int>(tried.size()); ++t)
            threads.emplace_back(trySome);
        trySome();
        for (std::thread& thread : threads)
            thread.join();
        return static_cast<size_t>(std::ranges::max_element(decibels) - decibels.begin());
    }

private:
    Trials(const SweepSubject& subject, const Work& work)
        : m_subject(subject), m_work(work), m_options(subject.options) {
        m_options.shared = nullptr;
        m_options.samples = 1;
        m_options.layerErrors = false;
        m_options.data.evaluation = scoring::EvaluationSamples::Auto;
    }

    static data::DatasetPtr partOf(const data::Dataset& all, const std::vector<int32_t>& samples,
                                   const std::string& part) {
        data::Dataset selected = data::select(all, samples, part);
        selected.path = "#" + part;
        return std::make_shared<const data::Dataset>(std::move(selected));
    }

    const SweepSubject& m_subject;
    const Work& m_work;
    engine::EvaluateOptions m_options;
    bool m_hasData = false;
};

ImportanceMeasure chooseMeasure(const Trials& trials, Variation example) {
    example.train = {};
    example.quantize = {};
    example.prune.scope = PruneScope::PerLayer;
    std::vector<Variation> tried;
    for (ImportanceMeasure measure : kTried) {
        tried.push_back(example);
        tried.back().prune.measure = measure;
    }
    return kTried[trials.best(tried)];
}

Decisions::Repairs chooseOnce(const Trials& trials, const Variation& example) {
    std::vector<Variation> tried;
    std::vector<Decisions::Repairs> all;
    for (bool equalize : {false, true})
        for (bool correctBias : {false, true}) {
            const auto& knobs = example.quantize;
            if (knobs.equalize.value_or(equalize) != equalize ||
                knobs.correctBias.value_or(correctBias) != correctBias)
                continue;
            tried.push_back(example);
            tried.back().quantize.equalize = equalize;
            tried.back().quantize.correctBias = correctBias;
            all.push_back({equalize, correctBias});
        }
    return all[trials.best(tried)];
}

}  // namespace

void Decisions::settle(Variation& v) const {
    if (measure && isMeasureOpen(v)) v.prune.measure = measure;
    if (hasData && v.prune.channels != 0 && !v.prune.scope) v.prune.scope = PruneScope::PerLayer;
    if (const auto chosen = repairs.find(openPrecision(v)); chosen != repairs.end()) {
        if (!v.quantize.equalize) v.quantize.equalize = chosen->second.equalize;
        if (!v.quantize.correctBias) v.quantize.correctBias = chosen->second.correctBias;
    }
    v = v.normalized();
}

std::string Decisions::text() const {
    std::string text;
    if (measure) text += std::string("channels by ") + wordOf(kMeasureWords, *measure);
    for (const auto& [precision, chosen] : repairs)
        text += std::string(text.empty() ? "" : "; ") + precisionName(precision) + ": " +
                (chosen.equalize ? "equalized" : "not equalized") +
                (chosen.correctBias ? ", biases corrected" : ", biases as they are");
    return text;
}

Result<Decisions> decideOnce(const SweepSubject& subject, const std::vector<Variation>& variations,
                             const Work& work) {
    Decisions decisions;
    const auto& data = subject.options.data;
    decisions.hasData = data.dataset || data.calibration;
    if (!decisions.hasData) return decisions;
    if (const Variation* example = middleOf(variations, isMeasureOpen)) {
        const auto trials = Trials::create(subject, *example, work);
        if (!trials) return tl::unexpected(trials.error());
        if (trials->hasData()) decisions.measure = chooseMeasure(*trials, *example);
    }
    for (Precision precision : {Precision::Int8, Precision::Int16x8, Precision::Int8W4}) {
        const Variation* example =
            middleOf(variations, [&](const Variation& v) { return openPrecision(v) == precision; });
        if (!example) continue;
        Variation settled = *example;
        decisions.settle(settled);
        const auto trials = Trials::create(subject, settled, work);
        if (!trials) return tl::unexpected(trials.error());
        if (trials->hasData()) decisions.repairs[precision] = chooseOnce(*trials, settled);
    }
    if (work.isStopped()) return cancelled();
    return decisions;
}

}  // namespace search
