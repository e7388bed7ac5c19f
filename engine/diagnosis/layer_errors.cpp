// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/layer_errors.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

#include "analysis/real_values.h"
#include "calibration/model_inputs.h"
#include "diagnosis/partial_graph.h"
#include "lowering/execution.h"
#include "metrics/noise_meter.h"
#include "types/progress_steps.h"

namespace diagnosis {
namespace {

using namespace types;
using lowering::Execution;
using metrics::NoiseMeter;
using Values = std::vector<float>;

/// One layer of the varied model as a model, and the original's tensors that feed its inputs.
struct LoneLayer {
    Graph graph;
    Execution execution;
    std::vector<int32_t> sources;  ///< tensors of the original, one per input
};

struct PairMeters {
    NoiseMeter cumulative, isolated;
};

/// Tensors of the original op that correspond to the activations of the varied op; empty where the
/// two do not correspond.
std::optional<std::vector<int32_t>> sourcesOf(const Graph& original, const Op& originalOp,
                                              const Graph& varied, const Op& variedOp,
                                              const std::vector<int32_t>& inputs) {
    std::vector<int32_t> sources;
    for (int32_t input : inputs) {
        const auto place =
            static_cast<size_t>(std::find(variedOp.inputs.begin(), variedOp.inputs.end(), input) -
                                variedOp.inputs.begin());
        const int32_t source = originalOp.input(place);
        if (source < 0 || original.isConstant(source) ||
            original.tensor(source).elements() != varied.tensor(input).elements())
            return std::nullopt;
        sources.push_back(source);
    }
    return sources;
}

Result<std::optional<LoneLayer>> makeLone(const Graph& original, const Graph& varied,
                                          const LayerPair& pair) {
    if (sharesState(varied.ops[pair.varied])) return std::optional<LoneLayer>();
    Graph graph = partOf(varied, pair.varied, pair.varied + 1);
    graph.outputs = {varied.ops[pair.varied].output(0)};
    const auto sources = sourcesOf(original, original.ops[pair.original], varied,
                                   varied.ops[pair.varied], graph.inputs);
    if (!sources) return std::optional<LoneLayer>();
    auto execution = Execution::create(graph);
    if (!execution) return tl::unexpected(execution.error());
    return std::optional<LoneLayer>(LoneLayer{std::move(graph), std::move(*execution), *sources});
}

/// Runs samples one after another on one thread, with meters of its own.
class Comparer {
public:
    Comparer(const Graph& original, const Graph& varied, const std::vector<LayerPair>& pairs,
             ProgressSteps& progress, const std::stop_token& stop)
        : m_original(original),
          m_varied(varied),
          m_pairs(pairs),
          m_progress(progress),
          m_stop(stop),
          m_meters(pairs.size()) {}

    Result<void> prepare(const Execution& first, const Execution& second, bool isolated) {
        m_first.emplace(first.sibling());
        m_second.emplace(second.sibling());
        m_values.resize(m_original.tensors.size());
        m_pairOf.assign(m_varied.ops.size(), m_pairs.size());
        m_lone.resize(m_pairs.size());
        for (size_t p = 0; p < m_pairs.size(); ++p) {
            m_pairOf[m_pairs[p].varied] = p;
            if (!isolated) continue;
            auto lone = makeLone(m_original, m_varied, m_pairs[p]);
            if (!lone) return tl::unexpected(lone.error());
            m_lone[p] = std::move(*lone);
        }
        return {};
    }

    Result<void> run(const calibration::RealSample& sample) {
        for (size_t i = 0; i < sample.size(); ++i)
            m_values[static_cast<size_t>(m_original.inputs[i])] = sample[i];
        for (const auto& step : {&Comparer::runOriginal, &Comparer::runVaried})
            if (auto ran = (this->*step)(sample); !ran) return ran;
        return runLone();
    }

    const std::vector<PairMeters>& meters() const { return m_meters; }
    bool hasLone(size_t pair) const { return m_lone[pair].has_value(); }

private:
    Values& valuesOf(int32_t tensor) { return m_values[static_cast<size_t>(tensor)]; }
    int32_t outputOf(size_t pair) const { return m_original.ops[m_pairs[pair].original].output(0); }

    static auto writerOf(const Graph& graph, const calibration::RealSample& sample) {
        return [&](Execution& execution) -> Result<void> {
            calibration::writeInputs(graph, sample, execution);
            return {};
        };
    }

    Result<void> runOriginal(const calibration::RealSample& sample) {
        m_first->resetState();
        const auto keepOutputs = [&](size_t op) {
            for (int32_t t : m_original.ops[op].outputs)
                if (t >= 0)
                    valuesOf(t) = analysis::dequantize(m_original.tensor(t), m_first->tensor(t));
            m_progress.step();
        };
        return m_first->invokeHops(writerOf(m_original, sample), keepOutputs, m_stop);
    }

    Result<void> runVaried(const calibration::RealSample& sample) {
        m_second->resetState();
        const auto compareOutputs = [&](size_t op) {
            m_progress.step();
            const size_t pair = m_pairOf[op];
            if (pair == m_pairs.size()) return;
            const int32_t t = m_varied.ops[op].output(0);
            m_meters[pair].cumulative.add(
                valuesOf(outputOf(pair)),
                analysis::dequantize(m_varied.tensor(t), m_second->tensor(t)));
        };
        return m_second->invokeHops(writerOf(m_varied, sample), compareOutputs, m_stop);
    }

    Result<void> runLone() {
        for (size_t pair = 0; pair < m_pairs.size(); ++pair) {
            if (!m_lone[pair]) continue;
            LoneLayer& lone = *m_lone[pair];
            calibration::RealSample inputs;
            for (int32_t source : lone.sources)
                inputs.push_back(valuesOf(source));
            lone.execution.resetState();
            calibration::writeInputs(lone.graph, inputs, lone.execution);
            if (auto ran = lone.execution.invoke({}, m_stop); !ran) return ran;
            m_progress.step();
            m_meters[pair].isolated.add(
                valuesOf(outputOf(pair)),
                analysis::dequantize(lone.graph.tensor(lone.graph.outputs[0]),
                                     lone.execution.output(0)));
        }
        return {};
    }

    const Graph& m_original;
    const Graph& m_varied;
    const std::vector<LayerPair>& m_pairs;
    ProgressSteps& m_progress;
    const std::stop_token& m_stop;
    std::optional<Execution> m_first, m_second;
    std::vector<Values> m_values;  ///< values of the original's tensors for the last sample
    std::vector<size_t> m_pairOf;  ///< by operator of the varied model
    std::vector<std::optional<LoneLayer>> m_lone;  ///< by pair
    std::vector<PairMeters> m_meters;              ///< by pair
};

ErrorSize sizeOf(const NoiseMeter& meter, const Tensor& tensor) {
    ErrorSize size;
    size.differs = meter.differs();
    size.sqnrDb = meter.decibels();
    size.meanDifference = meter.meanDifference();
    size.greatestDifference = meter.greatestDifference();
    if (tensor.type != DataType::Float32 && tensor.quantization.present()) {
        const double step = tensor.quantization.scale[0];
        size.meanLsb = size.meanDifference / step;
        size.greatestLsb = size.greatestDifference / step;
    }
    return size;
}

std::vector<LayerError> sumUp(const Graph& varied, const std::vector<LayerPair>& pairs,
                              const std::vector<Comparer>& comparers) {
    std::vector<LayerError> errors(pairs.size());
    for (size_t p = 0; p < pairs.size(); ++p) {
        PairMeters sum;
        for (const Comparer& comparer : comparers) {
            sum.cumulative.add(comparer.meters()[p].cumulative);
            sum.isolated.add(comparer.meters()[p].isolated);
        }
        const Tensor& output = varied.tensor(varied.ops[pairs[p].varied].output(0));
        errors[p].cumulative = sizeOf(sum.cumulative, output);
        if (comparers.front().hasLone(p)) errors[p].isolated = sizeOf(sum.isolated, output);
    }
    return errors;
}

/// Distributes the samples over the comparers; returns the first error.
Result<void> runAll(std::vector<Comparer>& comparers, const calibration::RealInputs& inputs,
                    size_t count, const Work& work) {
    std::atomic<size_t> next{0};
    std::mutex mutex;  // guards result
    Result<void> result;
    const auto runShare = [&](Comparer& comparer) {
        for (size_t i = next++; i < count && !work.isStopped(); i = next++) {
            const auto ran = comparer.run(inputs.samples[i]);
            if (ran) continue;
            const std::lock_guard lock(mutex);
            result = ran;
            next = count;
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (size_t c = 1; c < comparers.size(); ++c)
            helpers.emplace_back([&runShare, &comparer = comparers[c]] { runShare(comparer); });
        runShare(comparers.front());
    }
    if (work.isStopped()) return cancelled();
    return result;
}

}  // namespace

Result<std::vector<LayerError>> measureLayerErrors(const Graph& original, const Graph& varied,
                                                   const std::vector<LayerPair>& pairs,
                                                   const calibration::RealInputs& inputs,
                                                   const LayerErrorOptions& options,
                                                   const Work& work) {
    for (const Graph* graph : {&original, &varied})
        if (auto fits = calibration::checkInputs(*graph, inputs); !fits)
            return tl::unexpected(fits.error());
    const auto first = Execution::create(original);
    if (!first) return tl::unexpected(first.error());
    const auto second = Execution::create(varied);
    if (!second) return tl::unexpected(second.error());
    const size_t count = std::min(options.samples, inputs.samples.size());
    const auto most = static_cast<size_t>(std::max(work.threads, 1));
    const size_t threads = std::clamp<size_t>(count, 1, most);
    const size_t steps = original.ops.size() + varied.ops.size() + pairs.size();
    ProgressSteps progress(work, count * steps, "running both models");
    std::vector<Comparer> comparers;
    comparers.reserve(threads);
    for (size_t t = 0; t < threads; ++t) {
        comparers.emplace_back(original, varied, pairs, progress, work.stop);
        auto ready = comparers.back().prepare(*first, *second, options.isolated);
        if (!ready) return tl::unexpected(ready.error());
    }
    if (auto ran = runAll(comparers, inputs, count, work); !ran) return tl::unexpected(ran.error());
    return sumUp(varied, pairs, comparers);
}

}  // namespace diagnosis
