// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Gives each point of ordered rows an x. Points along straight runs form blocks, which get one x:
// nodes of the longest paths, then bends of one trunk, then what is nearest to the middle. Blocks
// are first placed as far left as their order allows, and then move towards the median of what they
// are linked to, as far as their neighbours allow.

#include "layout/rank_rows.h"

namespace layout {

/// Gaps in pixels between neighbours of a row.
struct RowGaps {
    float betweenNodes = 28;
    float besideBend = 16;
};

/// Returns the centre of each point, the leftmost edge at 0; empty where it was stopped. `widths`
/// are those of the points; bends have none.
std::vector<float> alignRows(const RankRows& rows, const RowLinks& links,
                             const std::vector<float>& widths, const RowGaps& gaps,
                             const types::Work& work);

}  // namespace layout
