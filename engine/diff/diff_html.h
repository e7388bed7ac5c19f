// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A ModelDiff for reading: the verdict first, then the figures, what differs layer by layer, both
// memories, and what is not known. Needs no other file, and follows the reader's light or dark.

#include <string>

#include "types/model_diff.h"

namespace diff {

/// A <section>, for a report that has a page of its own.
std::string sectionHtml(const types::ModelDiff& diff);
/// The same as a complete page.
std::string pageHtml(const types::ModelDiff& diff);

}  // namespace diff
