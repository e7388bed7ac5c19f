// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The model as C sources for firmware: an aligned const array, its length, and a header that states
// the arena size, the operators to register and the scales of inputs and outputs.

#include <filesystem>
#include <vector>

#include "types/evaluation.h"
#include "types/result.h"

namespace exporting {

/// Writes STEM.cc and STEM.h, where STEM is `file` without a C or C++ extension; returns both
/// paths. The array is named after the stem.
types::Result<std::vector<std::filesystem::path>> writeCArray(const types::Evaluation& evaluation,
                                                              const std::filesystem::path& file);

/// A file stem as an identifier of C: other characters become "_", a leading digit gets "model_".
std::string cIdentifier(const std::string& stem);

}  // namespace exporting
