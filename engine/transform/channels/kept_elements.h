// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// KeptElements: which elements of the original activations remain after one or more removals of
// units, and which activations are made of others since blocks were left out, so that a narrowed
// layer can be compared with its original. Activations keep their index through removeUnits() and
// dropBlock().

#include <map>
#include <set>
#include <vector>

#include "transform/channels/channel_groups.h"
#include "transform/channels/cut_tensor.h"

namespace transform {

class KeptElements {
public:
    /// Records a removal; `removed` has one flag per unit of `groups`, which were computed on the
    /// graph before the removal.
    void remove(const ChannelGroups& groups, const std::vector<bool>& removed);

    /// Records that an operator makes this activation of other inputs than the original does.
    void replace(int32_t tensor) { m_replaced.insert(tensor); }

    bool isCut(int32_t tensor) const { return m_cuts.contains(tensor); }
    bool isReplaced(int32_t tensor) const { return m_replaced.contains(tensor); }
    /// Returns the remaining values of the original activation (row-major, of shape `original`).
    std::vector<float> select(int32_t tensor, const types::Shape& original,
                              const std::vector<float>& values) const;

private:
    std::map<int32_t, Cut> m_cuts;  ///< of activations that lost elements
    std::set<int32_t> m_replaced;
};

}  // namespace transform
