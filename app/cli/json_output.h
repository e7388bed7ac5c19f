// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Converts types to the JSON of the command line. Unknown values are null.

#include "command_context.h"

namespace app {

Json toJson(const std::optional<double>& value);
Json toJson(const types::Budget& budget);
Json toJson(const types::TflmArena& arena);
Json toJson(const types::ErrorSize& size);
Json toJson(const types::LayerError& error);

/// {"tensor","dtype","shape",...} of a model input or output.
Json portJson(const types::Graph& graph, int32_t tensor);
Json totalsJson(const types::Evaluation& evaluation);
Json layerJson(const types::LayerEvaluation& layer);
Json layersJson(const types::Evaluation& evaluation);

/// zlib's CRC-32 of raw bytes, 8 hex digits.
std::string crc32Text(std::span<const uint8_t> bytes);

}  // namespace app
