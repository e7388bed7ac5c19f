// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Weights and biases of one layer as real values, with the scales of their codes.
//
// Weights are symmetric: codes -127 to 127 (4 bits: -7 to 7), zero point 0, one scale per output
// channel or one for all (needsOneScale()); scale = largest magnitude / 127, for 4 bits the scale
// of least squared error. Biases have the scale input * weight and are int32 (int64 with int16
// activations). A weight scale is widened where its bias would not fit into the sums of the
// kernels. Source: TFLite's 8-bit quantization specification.

#include "quantize/float_model.h"
#include "quantize/scale_rules.h"
#include "types/variation.h"

namespace quantize {

struct LayerCodes {
    WeightRoles roles;
    types::DataType weightType = types::DataType::Int8, biasType = types::DataType::Int32;
    std::vector<float> weights, bias;  ///< real values; empty bias: none
    std::vector<float> source, sourceBias;  ///< before rounding and repairs
    std::vector<float> scales;         ///< scales of the weights: one, or one per output channel
    float inputScale = 1;

    float limit() const { return weightType == types::DataType::Int4 ? 7.0f : 127.0f; }
    size_t channels = 0;
    size_t inner = 1;  ///< distance of neighbouring elements of the channel axis

    size_t channelOf(size_t weight) const { return weight / inner % channels; }
    float scaleOf(size_t weight) const {
        return scales[scales.size() == 1 ? 0 : channelOf(weight)];
    }
    /// Returns the nearest code, within the allowed range.
    float codeOf(size_t weight, double value) const;
    /// Returns every weight as the real value of its nearest code.
    std::vector<float> rounded() const;
};

/// True for 4-bit weights of a dense layer: TFLM refuses more than one scale there.
bool needsOneScale(const types::Op& op, types::DataType weights);

/// `inputScale`: scale of the variant that the layer reads. Uses the stored scales if `keepStored`.
LayerCodes layerCodes(const FloatModel& model, size_t op, types::Precision precision,
                      bool perChannel, float inputScale, bool keepStored);

}  // namespace quantize
