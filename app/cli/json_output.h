// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Converts types to the JSON of the command line. Unknown values are null.

#include "command_context.h"
#include "types/model_verdict.h"

namespace app {

Json toJson(const std::optional<double>& value);
Json toJson(const types::Budget& budget);
Json toJson(const types::TflmArena& arena);
/// {"room": "fits", "sentence", "evidence": []}
Json toJson(const types::ModelVerdict& verdict);
/// Adds the value; where there is none, null and `NAME_reason`.
void addKnown(Json& json, const std::string& name, const std::optional<int64_t>& value,
              const std::string& reason);
/// Adds the bytes above a limit; where a part is `unknown` (empty: none is), null, `NAME_reason`
/// and, where the known part exceeds the limit, `NAME_at_least`.
void addExcess(Json& json, const std::string& name, int64_t bytes, const std::string& unknown);
/// Adds true or false; null and `NAME_reason` where a part of the need is unknown.
void addVerdict(Json& json, const std::string& name, const types::Budget& budget);
Json toJson(const types::ErrorSize& size);
Json toJson(const types::LayerError& error);

/// Adds "agreement" and "sqnr_db" of the comparison with the original, or why there is none.
void addComparison(Json& json, const types::Evaluation& evaluation);

/// {"tensor","dtype","shape",...} of a model input or output.
Json portJson(const types::Graph& graph, int32_t tensor);
Json totalsJson(const types::Evaluation& evaluation);
Json layerJson(const types::LayerEvaluation& layer);
Json layersJson(const types::Evaluation& evaluation);

/// zlib's CRC-32 of raw bytes, 8 hex digits.
std::string crc32Text(std::span<const uint8_t> bytes);

}  // namespace app
