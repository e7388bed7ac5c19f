// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// narrow(): applies the knobs that leave out blocks and remove channels: blocks (blocks.h), width
// by L1 norm, pruning by the chosen measure, then recovery of what all lost. All share the
// dependency rules (channel_groups.h) and removal (remove_units.h).

#include "transform/apply.h"

namespace transform {

types::Result<types::GraphPtr> narrow(const types::GraphPtr& graph,
                                      const types::Variation& variation,
                                      const ApplyContext& context,
                                      std::vector<std::string>& changes);

}  // namespace transform
