// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Errors of predictions against measurements, of a fit or of a profile, as JSON and text.

#include "command_context.h"
#include "types/profile_check.h"

namespace app {

/// Layers, mean, median, share in band, ...; null where no layer was compared.
Json errorsJson(const types::FitErrors& errors);

/// A table with one row per line; `title` heads its first column. Leaves out parts without layers.
std::string errorsText(const std::string& title, const std::vector<types::FitLine>& lines);

/// {"total", "ops", "unseen", "fitted", "unrecorded", "layers", "rows", "not_predicted",
/// "not_compared"}.
Json checkJson(const types::ProfileCheck& check);
/// Every layer, then the errors per operator and per row of the profile, then what has none and
/// why.
std::string checkText(const types::ProfileCheck& check);

}  // namespace app
