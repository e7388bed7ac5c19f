// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The models of a matrix: one model in several precisions.

#include <string>
#include <vector>

#include "scoring/sample_selection.h"
#include "types/bytes.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/variation.h"
#include "types/work.h"

namespace matrix {

/// One precision of the model.
struct ModelVariant {
    types::Precision precision = types::Precision::AsStored;
    types::GraphPtr graph;  ///< null: it cannot be made, `reason` says why
    types::Bytes file;      ///< of a .tflite
    std::string sha256;     ///< of `file`, lower-case hex
    std::string reason;

    const char* word() const { return types::precisionName(precision); }
};

/// The precision that all layers with weights have; AsStored where they differ or there are none.
types::Precision storedPrecision(const types::Graph& graph);

/// One variant for each precision. A precision that the model has is its file as it is; others are
/// quantized (or made float32) as `vary --quantize` does, with the calibration samples of `data`,
/// and named "MODEL-PRECISION". A precision that cannot be made is a variant with a reason; only a
/// stop is an Error.
types::Result<std::vector<ModelVariant>> makeVariants(
    const types::GraphPtr& model, const std::vector<types::Precision>& precisions,
    const scoring::SampleSelection& data, const types::Work& work);

}  // namespace matrix
