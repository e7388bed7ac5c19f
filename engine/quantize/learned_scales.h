// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What training with simulated rounding shares with quantization: the codes that quantize() would
// choose for a model, and the scales that training has used, for quantizeTrained() to use again.
// Indices of tensors and operators are those of the float graph.

#include <map>
#include <string>
#include <vector>

#include "calibration/range_methods.h"
#include "calibration/real_inputs.h"
#include "quantize/weight_codes.h"
#include "types/result.h"
#include "types/work.h"

namespace quantize {

struct ActivationCodes {
    types::DataType type = types::DataType::Int8;  ///< or Int16
    types::Quantization quantization;              ///< one scale
    int32_t scaleClass = 0;                        ///< activations of a class share their scale
    bool isFixed = false;                          ///< the specification fixes the scale
};

struct CodePlan {
    std::map<int32_t, ActivationCodes> activations;  ///< by tensor; others stay float32
    std::map<size_t, LayerCodes> layers;             ///< by operator
};

struct LearnedScales {
    /// By activation: range of its codes, as scaleFor() takes it.
    std::map<int32_t, calibration::Range> activations;
    /// By weight tensor: one scale, or one per output channel.
    std::map<int32_t, std::vector<float>> weights;

    bool empty() const { return activations.empty() && weights.empty(); }
};

/// Returns the codes that `variation` asks for, without its repairs of rounding, with these scales;
/// those that are missing are chosen. `inputs` as in quantize(). An activation that layers read in
/// another type, too, has the codes it is written in.
types::Result<CodePlan> planCodes(const types::Graph& graph, const types::Variation& variation,
                                  const calibration::RealInputsPtr& inputs,
                                  const LearnedScales& scales, const types::Work& work);

/// Returns the quantized graph with exactly these scales: quantize() without repairs, which would
/// change what was trained. Scales that are missing are chosen as there.
types::Result<types::GraphPtr> quantizeTrained(const types::GraphPtr& graph,
                                               const types::Variation& variation,
                                               const calibration::RealInputsPtr& inputs,
                                               const LearnedScales& scales, const types::Work& work,
                                               std::vector<std::string>& changes);

}  // namespace quantize
