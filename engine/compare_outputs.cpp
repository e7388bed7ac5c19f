// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compare_outputs.h"

#include <algorithm>
#include <cmath>

#include "analysis/real_values.h"
#include "lowering/execution.h"
#include "lowering/seeded_input.h"

namespace engine {
namespace {

using namespace types;
using lowering::Execution;

struct NoiseMeter {
    double signal = 0, noise = 0;

    void add(const std::vector<float>& original, const std::vector<float>& varied) {
        for (size_t i = 0; i < original.size(); ++i) {
            const double difference = double{original[i]} - varied[i];
            signal += double{original[i]} * original[i];
            noise += difference * difference;
        }
    }

    std::optional<double> decibels() const {
        if (signal <= 0 || noise <= 0) return std::nullopt;
        return 10.0 * std::log10(signal / noise);
    }
};

/// A model whose last operator makes one probability per class chooses between classes.
bool choosesClasses(const Graph& graph) {
    if (graph.ops.empty() || graph.outputs.size() != 1) return false;
    size_t last = graph.ops.size() - 1;
    while (last > 0 &&
           (graph.ops[last].kind == OpKind::DEQUANTIZE || graph.ops[last].kind == OpKind::QUANTIZE))
        --last;
    return graph.ops[last].kind == OpKind::SOFTMAX && graph.tensor(graph.outputs[0]).elements() > 1;
}

/// Operators whose first output has the same shape in both models; a width change keeps the list
/// of operators as it is.
std::vector<bool> comparableOps(const Graph& original, const Graph& varied) {
    std::vector<bool> comparable(varied.ops.size(), false);
    if (original.ops.size() != varied.ops.size()) return comparable;
    for (size_t i = 0; i < varied.ops.size(); ++i) {
        if (original.ops[i].outputs.empty() || varied.ops[i].outputs.empty()) continue;
        comparable[i] = original.ops[i].kind == varied.ops[i].kind &&
                        original.tensor(original.ops[i].output(0)).shape ==
                            varied.tensor(varied.ops[i].output(0)).shape;
    }
    return comparable;
}

std::vector<float> realValues(const Graph& graph, const Execution& execution, int32_t tensor) {
    return analysis::dequantize(graph.tensor(tensor), execution.tensor(tensor));
}

class Comparer {
public:
    Comparer(const Graph& original, const Graph& varied, Execution first, Execution second)
        : m_original(original),
          m_varied(varied),
          m_first(std::move(first)),
          m_second(std::move(second)),
          m_comparable(comparableOps(original, varied)),
          m_kept(varied.ops.size()),
          m_meters(varied.ops.size()) {}

    Result<void> runSample(lowering::SplitMix64& random) {
        fillInputs(random);
        auto ran = m_first.invoke([&](size_t op) {
            if (op < m_comparable.size() && m_comparable[op])
                m_kept[op] = realValues(m_original, m_first, m_original.ops[op].output(0));
        });
        if (!ran) return ran;
        ran = m_second.invoke([&](size_t op) {
            if (m_comparable[op])
                m_meters[op].add(m_kept[op],
                                 realValues(m_varied, m_second, m_varied.ops[op].output(0)));
        });
        if (ran) compareOutputs();
        return ran;
    }

    Comparison result() const {
        Comparison comparison;
        comparison.samples = m_samples;
        comparison.sqnrDb = m_outputs.decibels();
        if (choosesClasses(m_original) && m_samples > 0)
            comparison.agreement = static_cast<double>(m_agreements) / m_samples;
        for (const NoiseMeter& meter : m_meters)
            comparison.layerSqnrDb.push_back(meter.decibels());
        return comparison;
    }

private:
    void fillInputs(lowering::SplitMix64& random) {
        for (size_t i = 0; i < m_first.inputCount(); ++i) {
            const auto bytes = m_first.input(i);
            lowering::fillSeeded(random, m_original.tensor(m_original.inputs[i]).type, bytes);
            std::copy(bytes.begin(), bytes.end(), m_second.input(i).begin());
        }
    }

    void compareOutputs() {
        ++m_samples;
        bool agree = true;
        for (size_t i = 0; i < m_first.outputCount(); ++i) {
            const auto a =
                analysis::dequantize(m_original.tensor(m_original.outputs[i]), m_first.output(i));
            const auto b =
                analysis::dequantize(m_varied.tensor(m_varied.outputs[i]), m_second.output(i));
            m_outputs.add(a, b);
            agree = agree && analysis::firstChoice(a) == analysis::firstChoice(b);
        }
        if (agree) ++m_agreements;
    }

    const Graph& m_original;
    const Graph& m_varied;
    Execution m_first, m_second;
    std::vector<bool> m_comparable;
    std::vector<std::vector<float>> m_kept;
    std::vector<NoiseMeter> m_meters;
    NoiseMeter m_outputs;
    int32_t m_samples = 0, m_agreements = 0;
};

}  // namespace

Result<Comparison> compareOutputs(const Graph& original, const Graph& varied, int32_t samples,
                                  uint64_t seed, std::stop_token stop) {
    auto first = Execution::create(original);
    if (!first) return tl::unexpected(first.error());
    auto second = Execution::create(varied);
    if (!second) return tl::unexpected(second.error());
    Comparer comparer(original, varied, std::move(*first), std::move(*second));
    lowering::SplitMix64 random(seed);
    for (int32_t i = 0; i < samples && !stop.stop_requested(); ++i)
        if (auto ran = comparer.runSample(random); !ran) return tl::unexpected(ran.error());
    return comparer.result();
}

}  // namespace engine
