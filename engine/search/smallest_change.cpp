// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/smallest_change.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "engine/choose_schedule.h"
#include "engine/vary_on_data.h"
#include "lowering/execution.h"

namespace search {
namespace {

using namespace types;

/// A knob with a gradual effect: returns the variation at `percent` of its range.
struct GradedKnob {
    Variation (*turned)(Variation variation, int percent);
    int most;  ///< percent
};

Variation pruned(Variation variation, int percent) {
    const double kept = (1 - variation.prune.channels) * (100 - percent) / 100;
    variation.prune.channels = std::round((1 - kept) * 1000) / 1000;
    return variation;
}

Variation narrowed(Variation variation, int percent) {
    variation.width = std::round(variation.width * (100 - percent) * 10) / 1000;
    return variation;
}

/// Requires Variation::inputSize.
Variation shrunk(Variation variation, int percent) {
    for (int32_t& side : *variation.inputSize)
        side = std::max(1, side * (100 - percent) / 100);
    return variation;
}

constexpr GradedKnob kPruning{pruned, 95}, kWidth{narrowed, 95}, kInputSize{shrunk, 80};

/// Steps of the search for the progress: bisection takes eight, running the result one.
constexpr int kGradedSteps = 9;

bool hasFloatLayers(const Graph& graph) {
    return std::any_of(graph.ops.begin(), graph.ops.end(), [&graph](const Op& op) {
        const int32_t weights = op.input(1);
        return weights >= 0 && graph.isConstant(weights) &&
               graph.tensor(weights).type == DataType::Float32;
    });
}

class Finder {
public:
    Finder(const GraphPtr& graph, const Variation& start, const DevicePtr& device,
           const SmallestChangeOptions& options, const Work& work)
        : m_graph(graph), m_start(start), m_device(device), m_options(options), m_work(work) {}

    Result<FitSearch> run() {
        if (auto climbed = climb(); !climbed) return tl::unexpected(climbed.error());
        if (m_search.changes.empty()) {
            for (const auto& [base, knob] : gradedKnobs())
                if (auto turned = turn(base, knob); !turned) return tl::unexpected(turned.error());
        }
        std::stable_sort(m_search.changes.begin(), m_search.changes.end(), keepsMore);
        return std::move(m_search);
    }

private:
    /// Outcome of one variation; without a trial where it cannot be made.
    struct Outcome {
        Variation variation;  ///< with the schedule that it needs
        std::optional<OrderedFootprint> trial;
        std::string problem;

        bool fits() const { return trial && trial->footprint.fits(); }
    };

    Result<Outcome> attempt(const Variation& variation) {
        m_work.report(std::min(0.99, m_done++ / static_cast<double>(m_steps)),
                      ("trying " + variation.label()).c_str());
        if (m_work.isStopped()) return cancelled();
        const auto varied = engine::varyOnData(m_graph, variation, m_options.evaluate.data,
                                               m_work.quiet(), {}, nullptr, m_device);
        if (m_work.isStopped()) return cancelled();
        if (!varied) return Outcome{variation, std::nullopt, varied.error().message()};
        auto trial = footprintOn(*m_device, varied->graph, m_options.runtime, m_options.mayReorder);
        if (!trial) return Outcome{variation, std::nullopt, trial.error().message()};
        Outcome outcome{variation, std::move(*trial), ""};
        if (m_options.runtime == Runtime::Netcaliper) scheduleWithin(outcome);
        if (m_work.isStopped()) return cancelled();
        return outcome;
    }

    /// Under our own runtime: the schedule that is set, or, where the arena is too large, the
    /// fastest one that leaves room for the rest.
    void scheduleWithin(Outcome& outcome) const {
        footprint::Footprint& need = outcome.trial->footprint;
        ScheduleKnobs& knobs = outcome.variation.schedule;
        const int64_t room = need.plan.arenaBytes + lowering::overreadBytes(isaOf(m_device->core)) +
                             need.sram.spareBytes();
        const bool isAsked = knobs.isSet();
        if (!isAsked) {
            if (need.flash.exceeds() || !need.sram.exceeds() || room <= 0) return;
            knobs.sram = static_cast<int32_t>(std::min<int64_t>(room, INT32_MAX));
        }
        const auto own = onOwnRuntime();
        auto schedule = engine::chooseSchedule(*outcome.trial->graph, knobs, own, m_work.quiet());
        auto scheduled = schedule ? footprint::ofBands(*outcome.trial->graph, *own, schedule->plan)
                                  : tl::unexpected(schedule.error());
        if (scheduled) {
            need = std::move(*scheduled);
        } else if (isAsked) {
            outcome.problem = scheduled.error().message();
            outcome.trial.reset();
        } else {
            knobs = {};
        }
    }

    /// The board with our own runtime, for whose core a schedule is planned.
    DevicePtr onOwnRuntime() const {
        if (runtimeOf(m_device) == Runtime::Netcaliper) return m_device;
        auto own = std::make_shared<DeviceProfile>(*m_device);
        own->runtime = kNetcaliperRuntime;
        own->kernels.clear();  // they are figures of another one
        return own;
    }

    void note(const Outcome& outcome) {
        std::string what = outcome.variation.label();
        if (outcome.trial && outcome.trial->isReordered) what += ", operators reordered";
        if (!outcome.trial) {
            m_search.attempts.push_back({what, 0, "", outcome.problem});
            return;
        }
        const footprint::Footprint& need = outcome.trial->footprint;
        m_search.attempts.push_back({what, need.excessBytes(), need.unknownReason(), ""});
    }

    Result<void> keep(const Outcome& outcome) {
        auto evaluation = engine::evaluate(m_graph, outcome.variation, m_device, m_options.evaluate,
                                           m_work.quiet());
        if (!evaluation) return tl::unexpected(evaluation.error());
        m_search.changes.push_back({outcome.variation, *outcome.trial, std::move(*evaluation)});
        return {};
    }

    /// Tries the unchanged model, then fewer and fewer bits, until the model fits. Each feasible
    /// variation is a base for the graded knobs.
    Result<void> climb() {
        for (const Variation& variation : precisions()) {
            const auto outcome = attempt(variation);
            if (!outcome) return tl::unexpected(outcome.error());
            note(*outcome);
            if (outcome->fits()) return keep(*outcome);
            if (!outcome->trial) continue;
            m_bases.push_back(variation);
            // Fewer bits per weight do not reduce SRAM.
            if (outcome->trial->footprint.flash.fits() && !isFloat(variation)) break;
        }
        return {};
    }

    bool isFloat(const Variation& variation) const {
        const Precision precision = variation.quantize.precision;
        return precision == Precision::Float32 ||
               (precision == Precision::AsStored && hasFloatLayers(*m_graph));
    }

    std::vector<Variation> precisions() const {
        std::vector<Variation> list = {m_start};
        if (isFloat(m_start)) {
            list.push_back(m_start);
            list.back().quantize.precision = Precision::Int8;
        }
        if (m_start.quantize.precision != Precision::Int8W4) {
            list.push_back(m_start);
            list.back().quantize.precision = Precision::Int8W4;
        }
        return list;
    }

    /// Float models are quantized before anything is removed; pruning is tried with both remaining
    /// precisions, because either may lose less.
    std::vector<std::pair<Variation, GradedKnob>> gradedKnobs() const {
        std::vector<std::pair<Variation, GradedKnob>> knobs;
        std::vector<Variation> bases = m_bases;
        if (bases.size() > 1 && isFloat(bases.front())) bases.erase(bases.begin());
        for (const Variation& base : bases)
            knobs.emplace_back(base, kPruning);
        if (bases.empty()) return knobs;
        knobs.emplace_back(bases.front(), kWidth);
        if (Variation sized = bases.front(); setInputSize(sized))
            knobs.emplace_back(sized, kInputSize);
        return knobs;
    }

    /// Returns false where the first input is no image.
    bool setInputSize(Variation& variation) const {
        if (variation.inputSize) return true;
        const Shape& shape = m_graph->tensor(m_graph->inputs[0]).shape;
        if (shape.size() != 4 || shape[1] < 2 || shape[2] < 2) return false;
        variation.inputSize = {shape[1], shape[2]};
        return true;
    }

    /// Turns a knob as far as needed: too little does not fit, too much is not feasible.
    Result<void> turn(const Variation& base, const GradedKnob& knob) {
        int enough = knob.most;
        auto best = attempt(knob.turned(base, enough));
        while (best && !best->trial && enough > 1)
            best = attempt(knob.turned(base, enough /= 2));
        if (!best) return tl::unexpected(best.error());
        if (best->fits()) {
            for (int tooLittle = 0; enough - tooLittle > 1;) {
                const int middle = (tooLittle + enough) / 2;
                auto outcome = attempt(knob.turned(base, middle));
                if (!outcome) return tl::unexpected(outcome.error());
                if (outcome->fits()) {
                    enough = middle;
                    best = std::move(outcome);
                } else {
                    tooLittle = middle;
                }
            }
        }
        if (!best->trial) best->variation = knob.turned(base, knob.most);
        note(*best);
        if (!best->fits()) return {};
        return keep(*best);
    }

    /// Compares by accuracy, else by closeness of outputs to the original's; entries without either
    /// come last.
    static bool keepsMore(const FittingChange& a, const FittingChange& b) {
        const auto worth = [](const FittingChange& change) {
            const Totals& t = change.evaluation->totals;
            const double nothing = -1e9;
            return std::tuple(t.accuracy ? t.accuracy->value : nothing,
                              t.agreement.value_or(nothing), t.sqnrDb.value_or(nothing));
        };
        return worth(a) > worth(b);
    }

    const GraphPtr& m_graph;
    const Variation& m_start;
    const DevicePtr& m_device;
    const SmallestChangeOptions& m_options;
    const Work& m_work;
    FitSearch m_search;
    std::vector<Variation> m_bases;
    int m_done = 0;
    const int m_steps = 3 + 4 * kGradedSteps;
};

}  // namespace

Result<FitSearch> findSmallestChange(const GraphPtr& graph, const Variation& start,
                                     const DevicePtr& device, const SmallestChangeOptions& options,
                                     const Work& work) {
    if (!device) return fail("no board was chosen", graph->name, "name a device");
    return Finder(graph, start, device, options, work).run();
}

}  // namespace search
