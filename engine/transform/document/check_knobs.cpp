// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/document/check_knobs.h"

#include <algorithm>

#include "transform/channels/blocks.h"
#include "types/knob_domain.h"

namespace transform {

using types::fail;
using types::Result;

Result<void> checkKnobs(const types::Graph& graph, const types::Variation& variation) {
    Result<void> checked;
    types::visitKnobs(types::kVariationKnobs, variation,
                      [&](const std::string& path, const auto& value, const auto& domain) {
                          if (checked && !types::isLegal(value, domain))
                              checked = fail("'" + path + "' is out of range", variation.label(),
                                             "choose " + types::domainText(domain));
                      });
    if (!checked) return checked;
    for (const auto& [layer, knobs] : variation.layers)
        if (std::none_of(graph.ops.begin(), graph.ops.end(),
                         [origin = layer](const types::Op& op) { return op.origin == origin; }))
            return knobs.dropBlock
                       ? checkBlocks(graph, variation)
                       : fail("the model has no such layer", "layer " + std::to_string(layer),
                              "layers are numbered from 0 to " +
                                  std::to_string(graph.ops.size() - 1));
    return {};
}

}  // namespace transform
