// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Distinct variations: those that make different networks. Sixty widths whose channels are rounded
// to multiples of four may be eleven networks.

#include <map>
#include <memory>
#include <string>

#include "types/graph.h"
#include "types/result.h"
#include "types/variation.h"

namespace search {

/// Equal keys: equal networks of equal data. Thread rules: one thread.
class DistinctKeys {
public:
    explicit DistinctKeys(types::GraphPtr graph);
    ~DistinctKeys();

    /// A variation that cannot be applied has a key of its own. Resets the knobs of `variation`
    /// that act on nothing.
    std::string keyOf(types::Variation& variation);

private:
    struct Channels;

    const Channels& channelsFor(const types::Variation& variation);

    types::GraphPtr m_graph;
    /// By the rewrites, which change operators.
    std::map<std::string, std::unique_ptr<Channels>> m_channels;
};

}  // namespace search
