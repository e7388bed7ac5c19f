// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/mix_precisions.h"

#include <algorithm>

#include "cost/predict.h"
#include "engine/precision_trials.h"
#include "types/number_text.h"

namespace engine {
namespace {

using namespace types;

/// Without a budget, 4-bit weights may take the outputs this much farther than int8 does.
constexpr double kMixTolerance = 0.005;
/// Of what is to be saved: less, by the sum of single savings, need not be built to be seen.
constexpr double kNearlyEnough = 0.9;

/// What the model may need. Unset: no limit.
struct Budgets {
    std::optional<int64_t> flashBytes;
    std::optional<double> latencyUs;

    bool none() const { return !flashBytes && !latencyUs; }
    bool hold(const PrecisionWorth& worth) const {
        return (!flashBytes || worth.flashBytes <= *flashBytes) &&
               (!latencyUs || (worth.latencyUs && *worth.latencyUs <= *latencyUs));
    }
};

/// Another precision for one layer, and how it differs from int8.
struct MixStep {
    size_t layer = 0;
    Precision precision = Precision::Int8W4;
    double saved = 0;  ///< bytes or microseconds, by what is to be saved
    double loss = 0;   ///< of distance; negative: nearer

    double price() const { return (std::max(loss, 0.0) + 1e-9) / saved; }
};

class Mixing {
public:
    Mixing(const GraphPtr& graph, const Variation& variation, DevicePtr device, const Work& work)
        : m_graph(graph),
          m_variation(variation),
          m_device(std::move(device)),
          m_work(work),
          m_trials(graph, variation, m_device, work) {}

    Result<MixedPrecision> run(const calibration::RealInputsPtr& calibration) {
        if (auto ready = m_trials.prepare(calibration); !ready)
            return tl::unexpected(ready.error());
        m_mix.layers = m_trials.layers();
        m_mix.samples = m_trials.samples();
        if (!m_trials.hasData()) m_mix.budget = "judged by random inputs, which are worth little; ";
        m_chosen.assign(m_mix.layers.size(), Precision::Int8);
        for (auto step : {&Mixing::setBudgets, &Mixing::tryLayers, &Mixing::lower, &Mixing::raise})
            if (auto done = (this->*step)(); !done) return tl::unexpected(done.error());
        m_mix.isWithinBudget = m_budgets.hold(m_mix.mixed);
        m_mix.variation = m_trials.decided(m_chosen, false);
        m_mix.variation.quantize = m_variation.quantize;
        if (m_variation.quantize.precision == Precision::Auto)
            m_mix.variation.quantize.precision = Precision::Int8;
        m_mix.variation = m_mix.variation.normalized();
        for (size_t i = 0; i < m_chosen.size(); ++i)
            m_mix.layers[i].precision = m_chosen[i];
        return std::move(m_mix);
    }

private:
    Result<void> setBudgets() {
        const QuantizeKnobs& knobs = m_variation.quantize;
        auto int8 = m_trials.worthOf(m_chosen, false);
        if (!int8) return tl::unexpected(int8.error());
        m_mix.int8 = m_mix.mixed = *int8;
        std::string text;
        if (knobs.flashBudget) {
            m_budgets.flashBytes = *knobs.flashBudget;
            text = "model file at most " + grouped(*knobs.flashBudget) + " bytes";
        } else if (m_device && !knobs.latencyBudgetUs) {
            m_budgets.flashBytes = m_device->flashBytes;
            text = "flash of " + m_device->name + ", " + grouped(m_device->flashBytes) + " bytes";
        }
        if (knobs.latencyBudgetUs) {
            if (!int8->latencyUs)
                return fail("a budget of latency needs a board that predicts it",
                            m_device ? m_device->name : m_graph->name,
                            m_device
                                ? cost::Predictor(m_device).predict(m_trials.floats()).latencyGap
                                : "name one by --device, or choose it in the window");
            m_budgets.latencyUs = knobs.latencyBudgetUs;
            text += (text.empty() ? "latency at most " : ", latency at most ") +
                    digits(*knobs.latencyBudgetUs, 6) + " us";
        }
        m_mix.budget += m_budgets.none() ? "outputs as near as in int8" : text;
        return {};
    }

    Result<void> tryLayers() {
        std::vector<Precision> others;
        if (m_budgets.none() || !m_budgets.hold(m_mix.int8)) others.push_back(Precision::Int8W4);
        if (m_budgets.latencyUs && m_budgets.hold(m_mix.int8)) others.push_back(Precision::Int16x8);
        for (size_t i = 0; i < m_chosen.size(); ++i)
            for (const Precision precision : others) {
                m_work.report(
                    0.2 + 0.6 * static_cast<double>(i) / static_cast<double>(m_chosen.size()),
                    "trying precisions");
                if (m_work.isStopped()) return cancelled();
                Precisions precisions(m_chosen.size(), Precision::Int8);
                precisions[i] = precision;
                const auto graph = m_trials.built(precisions, false);
                if (!graph && graph.error().isCancelled()) return tl::unexpected(graph.error());
                if (!graph || !m_trials.isPossible(**graph, i, precision)) continue;
                const auto worth = m_trials.worthOf(**graph);
                if (!worth) return tl::unexpected(worth.error());
                m_mix.layers[i].tried.push_back({precision, *worth});
            }
        return {};
    }

    /// What saves, cheapest first. `bySize`: bytes are to be saved, else time.
    std::vector<MixStep> steps(Precision precision, bool bySize) const {
        std::vector<MixStep> list;
        for (size_t i = 0; i < m_mix.layers.size(); ++i)
            for (const TriedPrecision& tried : m_mix.layers[i].tried) {
                if (tried.precision != precision) continue;
                const PrecisionWorth &was = m_mix.int8, &now = tried.worth;
                const double saved = bySize ? static_cast<double>(was.flashBytes - now.flashBytes)
                                            : was.latencyUs.value_or(0) - now.latencyUs.value_or(0);
                list.push_back({i, precision, saved, now.distance - was.distance});
            }
        return list;
    }

    Result<void> lower() {
        if (!m_budgets.none() && m_budgets.hold(m_mix.int8)) return {};
        const bool bySize = !m_budgets.latencyUs ||
                            (m_budgets.flashBytes && m_mix.int8.flashBytes > *m_budgets.flashBytes);
        m_needed =
            bySize ? static_cast<double>(m_mix.int8.flashBytes - m_budgets.flashBytes.value_or(0))
                   : m_mix.int8.latencyUs.value_or(0) - m_budgets.latencyUs.value_or(0);
        auto list = steps(Precision::Int8W4, bySize);
        std::erase_if(list, [](const MixStep& step) { return step.saved <= 0; });
        std::ranges::stable_sort(list, {}, &MixStep::price);
        return m_budgets.none() ? lowerFreely(list) : lowerInto(list);
    }

    /// The most steps with which the model stays as near as in int8, found by halving.
    Result<void> lowerFreely(const std::vector<MixStep>& list) {
        size_t least = 0, most = list.size();
        while (least < most) {
            const size_t count = (least + most + 1) / 2;
            const auto worth = adopt({list.begin(), list.begin() + static_cast<ptrdiff_t>(count)});
            if (!worth) return tl::unexpected(worth.error());
            if (worth->distance <= m_mix.int8.distance + kMixTolerance)
                least = count;
            else
                most = count - 1;
        }
        return keep({list.begin(), list.begin() + static_cast<ptrdiff_t>(least)});
    }

    /// The first steps that are enough, without those that the others make needless.
    Result<void> lowerInto(const std::vector<MixStep>& list) {
        std::vector<MixStep> taken;
        bool isEnough = false;
        for (const MixStep& step : list) {
            if (isEnough) break;
            taken.push_back(step);
            const auto enough = holds(taken);
            if (!enough) return tl::unexpected(enough.error());
            isEnough = *enough;
        }
        if (!isEnough) return keep(taken);
        std::ranges::stable_sort(taken, std::greater(), &MixStep::loss);
        for (size_t place = 0; place < taken.size();) {
            const size_t before = taken.size();
            if (auto done = replace(taken, place, list); !done) return done;
            place += taken.size() == before ? 1 : 0;
        }
        return keep(taken);
    }

    /// Does without a step, or takes one instead that loses less, where that is still enough.
    Result<void> replace(std::vector<MixStep>& taken, size_t place,
                         const std::vector<MixStep>& list) const {
        std::vector<std::optional<MixStep>> others{std::nullopt};
        for (const MixStep& step : list)
            if (step.loss < taken[place].loss &&
                std::ranges::count(taken, step.layer, &MixStep::layer) == 0)
                others.emplace_back(step);
        std::ranges::stable_sort(others, {}, [](const std::optional<MixStep>& step) {
            return step ? step->loss : -1e9;
        });
        for (const auto& other : others) {
            std::vector<MixStep> changed = taken;
            changed.erase(changed.begin() + static_cast<ptrdiff_t>(place));
            if (other) changed.insert(changed.begin() + static_cast<ptrdiff_t>(place), *other);
            const auto enough = holds(changed);
            if (!enough) return tl::unexpected(enough.error());
            if (!*enough) continue;
            taken = std::move(changed);
            return {};
        }
        return {};
    }

    /// Whether the model keeps within the budgets: sums of single savings tell roughly, building it
    /// exactly.
    Result<bool> holds(const std::vector<MixStep>& taken) const {
        double saved = 0;
        for (const MixStep& step : taken)
            saved += step.saved;
        if (saved < kNearlyEnough * m_needed) return false;
        const auto graph = m_trials.built(precisionsWith(taken), false);
        if (!graph) return tl::unexpected(graph.error());
        return m_budgets.hold(m_trials.needsOf(**graph));
    }

    /// 16-bit activations where time is left for them.
    Result<void> raise() {
        if (!m_budgets.latencyUs || !m_budgets.hold(m_mix.mixed)) return {};
        auto list = steps(Precision::Int16x8, false);
        std::erase_if(list, [](const MixStep& step) { return step.loss >= 0; });
        const auto gain = [](const MixStep& step) {
            return step.loss / std::max(-step.saved, 1e-3);
        };
        std::ranges::stable_sort(list, {}, gain);
        for (size_t count = list.size(); count > 0; count /= 2) {
            const std::vector<MixStep> taken(list.begin(),
                                             list.begin() + static_cast<ptrdiff_t>(count));
            const auto worth = adopt(taken);
            if (!worth) return tl::unexpected(worth.error());
            if (m_budgets.hold(*worth) && worth->distance < m_mix.int8.distance) return keep(taken);
        }
        return {};
    }

    Precisions precisionsWith(const std::vector<MixStep>& taken) const {
        Precisions precisions(m_chosen.size(), Precision::Int8);
        for (const MixStep& step : taken)
            precisions[step.layer] = step.precision;
        return precisions;
    }
    Result<PrecisionWorth> adopt(const std::vector<MixStep>& taken) const {
        const bool hasFourBits =
            std::ranges::count(taken, Precision::Int8W4, &MixStep::precision) > 0;
        return m_trials.worthOf(precisionsWith(taken), hasFourBits);
    }
    Result<void> keep(const std::vector<MixStep>& taken) {
        m_work.report(0.9, "comparing with int8");
        if (taken.empty()) return {};
        const auto worth = adopt(taken);
        if (!worth) return tl::unexpected(worth.error());
        m_mix.mixed = *worth;
        m_chosen = precisionsWith(taken);
        return {};
    }

    const GraphPtr& m_graph;
    const Variation& m_variation;
    const DevicePtr m_device;
    const Work& m_work;
    PrecisionTrials m_trials;
    Budgets m_budgets;
    double m_needed = 0;  ///< bytes or microseconds to save
    Precisions m_chosen;
    MixedPrecision m_mix;
};

}  // namespace

Result<MixedPrecision> mixPrecisions(const GraphPtr& graph, const Variation& variation,
                                     const calibration::RealInputsPtr& calibration,
                                     const DevicePtr& device, const Work& work) {
    return Mixing(graph, variation, device, work).run(calibration);
}

}  // namespace engine
