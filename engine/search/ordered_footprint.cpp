// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/ordered_footprint.h"

#include <algorithm>

#include "lowering/requirements.h"
#include "memory/operator_order.h"

namespace search {
namespace {

using namespace types;

/// The search of an order is one of many steps here, so its effort is limited.
constexpr size_t kOrderStates = 10'000;

/// Null where the present order is the best one found.
GraphPtr reordered(const Graph& graph) {
    const auto found = memory::searchOrder(graph, lowering::scratchNeeds(graph), {}, kOrderStates);
    if (std::is_sorted(found.order.begin(), found.order.end())) return nullptr;
    return std::make_shared<const Graph>(memory::withOrder(graph, found.order));
}

}  // namespace

Result<OrderedFootprint> footprintOn(const DeviceProfile& device, const GraphPtr& graph,
                                     Runtime runtime, bool mayReorder) {
    auto asIs = footprint::of(*graph, device, runtime);
    if (!asIs) return tl::unexpected(asIs.error());
    const bool wantsOrder = mayReorder && runtime == Runtime::Tflm && asIs->sram.exceeds();
    if (const GraphPtr other = wantsOrder ? reordered(*graph) : nullptr) {
        auto better = footprint::of(*other, device, runtime);
        if (better && better->sram.usedBytes < asIs->sram.usedBytes)
            return OrderedFootprint{other, true, std::move(*better)};
    }
    return OrderedFootprint{graph, false, std::move(*asIs)};
}

}  // namespace search
