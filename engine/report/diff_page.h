// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A ModelDiff for reading: the verdict first, then the figures, what differs layer by layer, both
// memories, and what is not known.

#include "document/document.h"
#include "types/model_diff.h"

namespace report {

document::Document diffPage(const types::ModelDiff& diff);

}  // namespace report
