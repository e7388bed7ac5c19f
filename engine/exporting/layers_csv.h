// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The layer table as CSV (RFC 4180: quoted where needed, one header row, units in the header).

#include <filesystem>
#include <string>

#include "types/evaluation.h"
#include "types/result.h"

namespace exporting {

std::string layersCsv(const types::Evaluation& evaluation);
types::Result<void> writeLayersCsv(const types::Evaluation& evaluation,
                                   const std::filesystem::path& file);

}  // namespace exporting
