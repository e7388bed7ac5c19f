// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/kept_elements.h"

#include "transform/channels/remove_units.h"

namespace transform {
namespace {

/// Composition of two cuts: the indices of `then` count the elements that `first` keeps.
Cut compose(const Cut& first, const Cut& then) {
    Cut both(then.size());
    for (size_t axis = 0; axis < then.size(); ++axis)
        for (int32_t i : then[axis])
            both[axis].push_back(first[axis][static_cast<size_t>(i)]);
    return both;
}

}  // namespace

void KeptElements::remove(const ChannelGroups& groups, const std::vector<bool>& removed) {
    const auto& owners = groups.axes().owners();
    for (size_t i = 0; i < owners.size(); ++i) {
        if (owners[i].isConstantUse()) continue;
        const auto owner = static_cast<int32_t>(i);
        Cut cut = cutOf(groups, owner, removed);
        if (keepsAll(cut, groups.axes().shape(owner))) continue;
        const auto known = m_cuts.find(owners[i].tensor);
        if (known == m_cuts.end())
            m_cuts.emplace(owners[i].tensor, std::move(cut));
        else
            known->second = compose(known->second, cut);
    }
}

std::vector<float> KeptElements::select(int32_t tensor, const types::Shape& original,
                                        const std::vector<float>& values) const {
    const auto known = m_cuts.find(tensor);
    if (known == m_cuts.end()) return values;
    return cutValues(values, original, known->second);
}

}  // namespace transform
