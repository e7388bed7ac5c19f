// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/known_ranges.h"

#include <algorithm>
#include <cstdio>

#include "calibration/model_inputs.h"
#include "quantize/scale_rules.h"

namespace quantize {

using calibration::Observations;
using types::QuantizeKnobs;
using types::RangeMethod;

namespace {

constexpr int32_t kRandomInputs = 32;
constexpr uint64_t kRandomSeed = 1;

/// Activations read or written by an operator that computes in integers, and the model's inputs and
/// outputs.
std::vector<int32_t> activations(const FloatModel& model) {
    std::vector<int32_t> result;
    const auto add = [&](const std::vector<int32_t>& tensors) {
        for (int32_t t : tensors)
            if (model.isActivation(t)) result.push_back(t);
    };
    add(model.graph.inputs);
    for (const types::Op& op : model.graph.ops)
        add(op.outputs);
    std::ranges::sort(result);
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

/// Tensors whose writer stays as stored. A model input stays if all its readers do.
std::vector<bool> writtenAsStored(const FloatModel& model, const PrecisionPlan& plan) {
    std::vector<bool> kept(model.graph.tensors.size(), false);
    for (int32_t input : model.graph.inputs)
        kept[static_cast<size_t>(input)] = true;
    for (size_t i = 0; i < plan.size(); ++i) {
        const types::Op& op = model.graph.ops[i];
        for (int32_t input : op.inputs)
            if (std::ranges::count(model.graph.inputs, input) > 0 && !plan[i].asStored)
                kept[static_cast<size_t>(input)] = false;
        for (int32_t output : op.outputs)
            if (output >= 0) kept[static_cast<size_t>(output)] = plan[i].asStored;
    }
    return kept;
}

/// True where the stored codes determine the range of an activation.
bool hasRange(const StoredAs& stored) {
    return stored.quantized() &&
           (stored.type == types::DataType::Int8 || stored.type == types::DataType::UInt8 ||
            stored.type == types::DataType::Int16);
}

const char* methodWords(RangeMethod method) {
    switch (method) {
        case RangeMethod::MinMax:
            return "min-max";
        case RangeMethod::Percentile:
            return "percentile";
        case RangeMethod::MeanSquaredError:
            return "least squared error";
        case RangeMethod::Entropy:
            return "least divergence";
    }
    return "";
}

std::string sentence(const CalibrationSet& calibrationSet, const QuantizeKnobs& knobs, size_t kept,
                     size_t observed) {
    std::string method = methodWords(knobs.ranges);
    if (knobs.ranges == RangeMethod::Percentile) {
        char text[16];
        std::snprintf(text, sizeof text, " %g", knobs.percentile);
        method += text;
    }
    const std::string seen = calibrationSet.inputs->source + " (" + method + ")";
    if (calibrationSet.isData)
        return "activation ranges from " + seen +
               (kept > 0 ? "; layers left as stored keep their scales" : "");
    if (observed == 0) return "activation ranges from the model's own scales";
    return std::string("activation ranges ") +
           (kept > 0 ? "from the model's own scales, where it has none " : "") + "from " + seen +
           ": choose a calibration dataset for ranges that real inputs need";
}

}  // namespace

CalibrationSet calibrationSetOf(const types::Graph& original,
                                const calibration::RealInputsPtr& given) {
    if (given && !given->empty()) return {given, true};
    return {calibration::randomInputs(original, kRandomInputs, kRandomSeed), false};
}

types::Result<ActivationRanges> findRanges(const FloatModel& model, const PrecisionPlan& plan,
                                           const QuantizeKnobs& knobs,
                                           const CalibrationSet& calibrationSet,
                                           const types::Work& work,
                                           std::vector<std::string>& changes) {
    const auto asStored = writtenAsStored(model, plan);
    ActivationRanges ranges;
    std::vector<int32_t> observed;
    for (int32_t tensor : activations(model)) {
        const StoredAs& stored = model.stored[static_cast<size_t>(tensor)];
        const bool keeps = !calibrationSet.isData || asStored[static_cast<size_t>(tensor)];
        if (keeps && hasRange(stored)) {
            const auto range = storedRange(stored);
            ranges[tensor] = {range, range, true};
        } else {
            observed.push_back(tensor);
        }
    }
    const bool anyInteger = std::ranges::any_of(
        plan, [](const OpPrecision& op) { return op.precision != types::Precision::Float32; });
    const bool wantsCodes = anyInteger || knobs.inputType || knobs.outputType;
    if (!wantsCodes) return ranges;
    changes.push_back(sentence(calibrationSet, knobs, ranges.size(), observed.size()));
    if (observed.empty()) return ranges;
    const bool histograms = knobs.ranges != RangeMethod::MinMax;
    const auto seen = calibration::observe(model.graph, observed, calibrationSet.inputs->samples,
                                           histograms, work);
    if (!seen) return tl::unexpected(seen.error());
    for (const auto& [tensor, values] : *seen)
        ranges[tensor] = {calibration::rangeOf(values, knobs, false),
                          calibration::rangeOf(values, knobs, true), false};
    return ranges;
}

}  // namespace quantize
