// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// emit(): builds the quantized graph. Tensors take their variants, weights their codes, and
// QUANTIZE and DEQUANTIZE operators precede the first reader of a converted variant. Model inputs
// and outputs keep their tensor index.

#include <map>

#include "quantize/tensor_variants.h"
#include "quantize/weight_codes.h"

namespace quantize {

struct Plan {
    const FloatModel& model;
    const TensorVariants& variants;
    const std::vector<types::Quantization>& scales;  ///< one per variant
    const std::map<size_t, LayerCodes>& layers;  ///< by operator, for those with integer weights
};

struct Emitted {
    types::Graph graph;
    std::vector<size_t> ops;  ///< per operator of the float model: its index in the graph
    int32_t conversions = 0;  ///< number of QUANTIZE and DEQUANTIZE operators
};

Emitted emit(const Plan& plan);

}  // namespace quantize
