// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Compression: the last step of apply(). Weights and biases are encoded before a TFLM_DECODE that
// stands right before their layer, as TFLM's tools place it: TFLM decodes into memory that the next
// TFLM_DECODE may use again. A tensor of several layers is stored once and decoded before each; one
// operator decodes all of a layer. Weights may be clustered first.
//
// Constants stay plain where the file would not become smaller, where their buffer holds data of
// others, and where TFLM decodes no such type (4 bits). Weights that CMSIS-NN's kernels read before
// the first inference (LSTM, the features of SVDF) are encoded where the layer's own knob asks for
// it (decodable.h).

#include "transform/apply.h"
#include "types/variation.h"

namespace transform {

types::Result<types::GraphPtr> compressWeights(const types::GraphPtr& graph,
                                               const types::Variation& variation,
                                               const ApplyContext& context,
                                               std::vector<std::string>& changes);

/// The compression of a layer: its own, else the model's.
types::Compression compressionOf(const types::Variation& variation, int32_t layer);

/// True where some layer's weights may be encoded.
bool encodesWeights(const types::Variation& variation);

/// The same without the knobs of this step.
types::Variation withoutCompression(types::Variation variation);

/// True where a step may need the weights of the operator's readers as plain constants.
bool isDecodedFor(const types::Graph& graph, const types::Op& decode,
                  const types::Variation& variation);

}  // namespace transform
