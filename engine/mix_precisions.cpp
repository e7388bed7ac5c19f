// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/mix_precisions.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "calibration/model_inputs.h"
#include "calibration/output_distance.h"
#include "cost/predict.h"
#include "cost/tflm/tflm_refusal.h"
#include "footprint/footprint.h"
#include "quantize/quantize_graph.h"
#include "quantize/scale_rules.h"
#include "scoring/model_outputs.h"
#include "tflite/write.h"
#include "transform/apply.h"
#include "types/number_text.h"
#include "types/target.h"

namespace engine {
namespace {

using namespace types;

/// Without a budget, 4-bit weights may take the outputs this much farther than int8 does.
constexpr double kMixTolerance = 0.005;
/// Of what is to be saved: less, by the sum of single savings, need not be built to be seen.
constexpr double kNearlyEnough = 0.9;
constexpr size_t kFewestJudged = 8, kMixCalibrating = 64;
constexpr int32_t kMixRandom = 64;
constexpr uint64_t kMixSeed = 3;

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

/// All knobs but those of types.
Variation withoutTypes(Variation variation) {
    variation.quantize = {};
    variation.compress = {};
    variation.train = {};
    for (auto& [layer, knobs] : variation.layers) {
        knobs.precision.reset();
        knobs.compression.reset();
    }
    std::erase_if(variation.layers, [](const auto& layer) { return layer.second.isEmpty(); });
    return variation;
}

bool isOpen(const Variation& variation, int32_t origin) {
    const auto layer = variation.layers.find(origin);
    const bool own = layer != variation.layers.end() && layer->second.precision;
    return (own ? *layer->second.precision : variation.quantize.precision) == Precision::Auto;
}

/// What an operator of a quantized graph computes in.
Precision precisionIn(const Graph& graph, int32_t origin) {
    const auto op = std::ranges::find(graph.ops, origin, &Op::origin);
    if (op == graph.ops.end() || op->input(0) < 0 || op->input(1) < 0) return Precision::Float32;
    const DataType input = graph.tensor(op->input(0)).type;
    if (input == DataType::Int16) return Precision::Int16x8;
    if (input != DataType::Int8) return Precision::Float32;
    return graph.tensor(op->input(1)).type == DataType::Int4 ? Precision::Int8W4 : Precision::Int8;
}

class Mixing {
public:
    Mixing(const GraphPtr& graph, const Variation& variation, DevicePtr device, const Work& work)
        : m_graph(graph), m_variation(variation), m_device(std::move(device)), m_work(work) {}

    Result<MixedPrecision> run(const calibration::RealInputsPtr& calibration) {
        if (auto ready = prepare(calibration); !ready) return tl::unexpected(ready.error());
        for (auto step : {&Mixing::setBudgets, &Mixing::tryLayers, &Mixing::lower, &Mixing::raise})
            if (auto done = (this->*step)(); !done) return tl::unexpected(done.error());
        m_mix.isWithinBudget = m_budgets.hold(m_mix.mixed);
        m_mix.variation = decided(m_chosen, false);
        m_mix.variation.quantize = m_variation.quantize;
        if (m_variation.quantize.precision == Precision::Auto)
            m_mix.variation.quantize.precision = Precision::Int8;
        m_mix.variation = m_mix.variation.normalized();
        for (size_t i = 0; i < m_chosen.size(); ++i)
            m_mix.layers[i].precision = m_chosen[i];
        return std::move(m_mix);
    }

private:
    using Precisions = std::vector<Precision>;

    Result<void> prepare(const calibration::RealInputsPtr& calibration) {
        auto varied = transform::apply(m_graph, withoutTypes(m_variation),
                                       {calibration, m_work.part(0, 0.2, "varying")});
        if (!varied) return tl::unexpected(varied.error());
        m_floats = std::move(varied->graph);
        const bool hasData = calibration && calibration->samples.size() >= kFewestJudged;
        const auto inputs =
            hasData ? calibration : calibration::randomInputs(*m_graph, kMixRandom, kMixSeed);
        auto parts = calibration::holdBack(*inputs);
        m_inputs.samples = parts.heldBack;
        auto learned = std::make_shared<calibration::RealInputs>(*parts.learned);
        learned->samples.resize(std::min(learned->samples.size(), kMixCalibrating));
        m_learned = std::move(learned);
        m_mix.samples = static_cast<int32_t>(parts.heldBack.size());
        if (!hasData) m_mix.budget = "judged by random inputs, which are worth little; ";
        auto judge = calibration::OutputDistance::create(*m_floats, parts.heldBack, m_work.quiet());
        if (!judge) return tl::unexpected(judge.error());
        m_judge.emplace(std::move(*judge));
        auto outputs = scoring::runOnSamples(*m_floats, m_inputs, m_work.quiet());
        if (!outputs) return tl::unexpected(outputs.error());
        m_outputs = std::move(*outputs);
        listLayers();
        return {};
    }

    void listLayers() {
        for (size_t op = 0; op < m_floats->ops.size(); ++op) {
            const int32_t origin = m_floats->ops[op].origin;
            if (origin < 0 || !isOpen(m_variation, origin)) continue;
            if (!quantize::weightRoles(*m_floats, op)) continue;
            m_mix.layers.push_back({origin, opLabel(*m_floats, op), Precision::Int8, {}});
        }
        m_chosen.assign(m_mix.layers.size(), Precision::Int8);
    }

    Result<void> setBudgets() {
        const QuantizeKnobs& knobs = m_variation.quantize;
        auto int8 = worthOf(m_chosen, false);
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
                            m_device ? cost::Predictor(m_device).predict(*m_floats).latencyGap
                                     : "name one by --device, or choose it in the window");
            m_budgets.latencyUs = knobs.latencyBudgetUs;
            text += (text.empty() ? "latency at most " : ", latency at most ") +
                    digits(*knobs.latencyBudgetUs, 6) + " us";
        }
        m_mix.budget += m_budgets.none() ? "outputs as near as in int8" : text;
        return {};
    }

    /// Bytes of the board's flash where that is the budget, else of the file.
    int64_t flashOf(const Graph& graph) const {
        const auto file = static_cast<int64_t>(tflite::writeBytes(graph).size());
        if (!m_device || m_variation.quantize.flashBudget) return file;
        return footprint::of(graph, *m_device, footprint::tflmNeeds(graph, file)).flash.usedBytes;
    }

    /// The variation that gives each layer its precision, and no repair but one of rounding.
    Variation decided(const Precisions& precisions, bool reconstructs) const {
        Variation variation = m_variation;
        QuantizeKnobs& knobs = variation.quantize;
        if (knobs.precision == Precision::Auto) knobs.precision = Precision::Int8;
        knobs.equalize = knobs.correctBias = false;
        knobs.reconstruct = reconstructs && m_variation.quantize.reconstruct.value_or(true);
        for (auto& [layer, own] : variation.layers)
            if (own.precision == Precision::Auto) own.precision = Precision::Int8;
        for (size_t i = 0; i < precisions.size(); ++i)
            if (precisions[i] != Precision::Int8)
                variation.layers[m_mix.layers[i].op].precision = precisions[i];
        return variation;
    }

    Result<GraphPtr> built(const Precisions& precisions, bool reconstructs) const {
        std::vector<std::string> unused;
        return quantize::quantize(m_floats, decided(precisions, reconstructs), m_learned,
                                  m_work.quiet(), unused);
    }

    Result<PrecisionWorth> worthOf(const Precisions& precisions, bool reconstructs) const {
        auto graph = built(precisions, reconstructs);
        if (!graph) return tl::unexpected(graph.error());
        return worthOf(**graph);
    }

    Result<PrecisionWorth> worthOf(const Graph& graph) const {
        PrecisionWorth worth;
        worth.flashBytes = flashOf(graph);
        if (m_device)
            if (const auto latency = cost::Predictor(m_device).predict(graph).latencyUs)
                worth.latencyUs = latency->value;
        const auto distance = m_judge->to(graph, m_work.quiet());
        if (!distance) return tl::unexpected(distance.error());
        worth.distance = *distance;
        const auto outputs = scoring::runOnSamples(graph, m_inputs, m_work.quiet());
        if (!outputs) return tl::unexpected(outputs.error());
        const auto agreement = scoring::compareOutputs(*m_floats, m_outputs, *outputs);
        worth.agreement = agreement.share;
        worth.sqnrDb = agreement.sqnrDb;
        return worth;
    }

    /// False where no kernel computes so, or TFLM refuses the model for it.
    bool isPossible(const Graph& graph, size_t layer, Precision precision) const {
        if (precisionIn(graph, m_mix.layers[layer].op) != precision) return false;
        return runtimeOf(m_device) == Runtime::Netcaliper || !cost::tflmRefusal(graph) ||
               cost::tflmRefusal(*m_floats);
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
                const auto graph = built(precisions, false);
                if (!graph && graph.error().isCancelled()) return tl::unexpected(graph.error());
                if (!graph || !isPossible(**graph, i, precision)) continue;
                const auto worth = worthOf(**graph);
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
        const auto graph = built(precisionsWith(taken), false);
        if (!graph) return tl::unexpected(graph.error());
        PrecisionWorth worth;
        worth.flashBytes = flashOf(**graph);
        if (m_device)
            if (const auto latency = cost::Predictor(m_device).predict(**graph).latencyUs)
                worth.latencyUs = latency->value;
        return m_budgets.hold(worth);
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
        return worthOf(precisionsWith(taken), hasFourBits);
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
    GraphPtr m_floats;                 ///< varied in all but its types
    calibration::RealInputs m_inputs;  ///< held back
    calibration::RealInputsPtr m_learned;
    std::optional<calibration::OutputDistance> m_judge;
    scoring::ModelOutputs m_outputs;
    Budgets m_budgets;
    double m_needed = 0;  ///< bytes or microseconds to save
    Precisions m_chosen;
    MixedPrecision m_mix;
};

std::string signedText(int64_t number, const char* less, const char* more) {
    return grouped(std::abs(number)) + (number >= 0 ? less : more);
}

std::string agreementText(const PrecisionWorth& worth) {
    if (worth.agreement) return percentText(100 * *worth.agreement, "%.1f") + " agreement";
    return worth.sqnrDb ? fixedText(*worth.sqnrDb, 1) + " dB" : "equal outputs";
}

std::string choiceText(const PrecisionChoice& choice, const PrecisionWorth& int8) {
    std::string text = choice.layer + " in " + precisionName(choice.precision);
    for (const TriedPrecision& tried : choice.tried) {
        if (tried.precision != choice.precision) continue;
        text += ": " +
                signedText(int8.flashBytes - tried.worth.flashBytes, " bytes less", " bytes more");
        if (int8.latencyUs && tried.worth.latencyUs) {
            const double saved = *int8.latencyUs - *tried.worth.latencyUs;
            text += ", " + digits(std::fabs(saved)) + (saved >= 0 ? " us less" : " us more");
        }
        text += "; alone " + agreementText(tried.worth) + ", " + agreementText(int8) + " in int8";
    }
    return text;
}

}  // namespace

Result<MixedPrecision> mixPrecisions(const GraphPtr& graph, const Variation& variation,
                                     const calibration::RealInputsPtr& calibration,
                                     const DevicePtr& device, const Work& work) {
    return Mixing(graph, variation, device, work).run(calibration);
}

std::vector<std::string> sentencesOf(const MixedPrecision& mix) {
    std::vector<std::string> sentences;
    const auto changed = std::ranges::count_if(mix.layers, [](const PrecisionChoice& choice) {
        return choice.precision != Precision::Int8;
    });
    std::string text = "precisions (" + mix.budget + "): ";
    if (changed == 0) {
        text += "int8 in all " + std::to_string(mix.layers.size()) + " layers";
        if (mix.isWithinBudget) text += ", nothing else is worth it";
    } else {
        text += std::to_string(changed) + " of " + std::to_string(mix.layers.size()) +
                " layers not in int8, " + grouped(mix.mixed.flashBytes) + " bytes instead of " +
                grouped(mix.int8.flashBytes) + ", " + agreementText(mix.mixed) + " instead of " +
                agreementText(mix.int8) + " on " + std::to_string(mix.samples) +
                " held-back samples";
    }
    if (!mix.isWithinBudget) text += "; the budget is missed";
    sentences.push_back(std::move(text));
    for (const PrecisionChoice& choice : mix.layers)
        if (choice.precision != Precision::Int8) sentences.push_back(choiceText(choice, mix.int8));
    return sentences;
}

}  // namespace engine
