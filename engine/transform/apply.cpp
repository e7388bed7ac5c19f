// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/apply.h"

#include <algorithm>

#include "transform/channel_groups.h"
#include "transform/importance.h"
#include "transform/remove_units.h"
#include "transform/width.h"

namespace transform {

using types::fail;
using types::GraphPtr;
using types::Result;
using types::Variation;

namespace {

Result<void> checkKnobs(const Variation& variation) {
    // Written so that NaN fails, too.
    if (!(variation.width > 0 && variation.width <= 1))
        return fail("the width is outside (0, 1]", variation.label(), "1 keeps every channel");
    if (variation.channelMultiple < 1)
        return fail("channels cannot be rounded to a multiple below 1", variation.label(),
                    "1 switches rounding off");
    return {};
}

Result<Varied> applyWidth(const GraphPtr& graph, const Variation& variation) {
    const auto groups = ChannelGroups::find(*graph);
    if (!groups) return tl::unexpected(groups.error());
    Varied varied{graph, {}};
    const auto removed = chooseByWidth(*graph, *groups, variation, l1Importance, varied.changes);
    if (std::find(removed.begin(), removed.end(), true) == removed.end()) return varied;
    auto narrowed = removeUnits(*graph, *groups, removed);
    if (!narrowed) return tl::unexpected(narrowed.error());
    varied.graph = *narrowed;
    return varied;
}

}  // namespace

Result<Varied> apply(const GraphPtr& graph, const Variation& variation, const ApplyContext&) {
    if (auto sound = checkKnobs(variation); !sound) return tl::unexpected(sound.error());
    if (variation.isIdentity()) return Varied{graph, {}};
    return applyWidth(graph, variation);
}

}  // namespace transform
