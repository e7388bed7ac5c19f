// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The cards of a ModelDiff: one side's figure large, the other's and the difference below.

#include <vector>

#include "types/model_diff.h"
#include "views/models/card_content.h"

namespace views {

/// Which side the window shows in front.
enum class DiffFront { Candidate, Baseline };

struct DiffCard {
    Metric metric = Metric::Macs;
    CardContent content;
};

/// Flash, arena, latency, energy, the figures from samples, MACs and parameters, as far as the
/// document has them.
std::vector<DiffCard> diffCards(const types::ModelDiff& diff, DiffFront front);

}  // namespace views
