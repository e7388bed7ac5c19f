// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/space/knob_layers.h"

#include "transform/channels/channel_groups.h"

namespace search {

using namespace types;

std::vector<int32_t> layersWithKnob(const GraphPtr& graph, const std::string& knob) {
    std::vector<int32_t> layers;
    if (knob == "width" || knob == "prune_channels") {
        const auto groups = transform::ChannelGroups::find(*graph);
        if (!groups) return layers;
        for (const transform::ChannelGroup& group : groups->groups())
            if (group.removable() && !group.producers.empty())
                layers.push_back(graph->ops[static_cast<size_t>(group.producers[0].op)].origin);
        return layers;
    }
    for (const Op& op : graph->ops)
        if (op.input(1) >= 0 && graph->isConstant(op.input(1)) &&
            graph->tensor(op.input(1)).shape.size() >= 2)
            layers.push_back(op.origin);
    return layers;
}

}  // namespace search
