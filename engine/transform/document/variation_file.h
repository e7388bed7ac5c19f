// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A Variation as a small JSON document that people can read and write:
//
//     {
//       "netcaliper_variation": 1,
//       "width": 0.75,
//       "prune": { "channels": 0.25, "measure": "sensitivity", "recover": true },
//       "quantize": { "precision": "int8", "ranges": "percentile", "percentile": 99.9 },
//       "layers": { "3": { "precision": "int16x8" } }
//     }
//
// Knobs that stand at their default are left out; a knob that is left out stands at its default.
// Reading is strict: an unknown key, a wrong type, a number out of range or another version is an
// Error that names the place in the document. Keys, words and ranges are those of
// types/knob_domain.h, so that a knob listed there is read and written here without more ado.

#include <filesystem>
#include <string>
#include <string_view>

#include "types/result.h"
#include "types/variation.h"

namespace transform {

constexpr int kVariationVersion = 1;

std::string variationText(const types::Variation& variation);
/// `name`: origin of the text, for errors.
types::Result<types::Variation> parseVariation(std::string_view text, const std::string& name);

types::Result<types::Variation> readVariationFile(const std::filesystem::path& file);
types::Result<void> writeVariationFile(const types::Variation& variation,
                                       const std::filesystem::path& file);

}  // namespace transform
