// SPDX-License-Identifier: GPL-3.0-or-later
#include "scheduled_library.h"

#include "scheduling/schedule_front.h"
#include "text_table.h"

namespace app {

exporting::LowerFor lowerWithin(const types::Graph& graph, int64_t sram, bool feedsRows) {
    return [&graph, sram, feedsRows](types::Isa isa) -> types::Result<lowering::Lowered> {
        const auto front = scheduling::findFront(graph, {feedsRows, isa});
        if (!front) return tl::unexpected(front.error());
        const int64_t spare = lowering::overreadBytes(isa);
        const auto* chosen = scheduling::cheapestWithin(*front, sram - spare);
        if (chosen == nullptr)
            return types::fail("no schedule fits " + grouped(sram) + " bytes; the smallest needs " +
                                   grouped(front->points.front().plan.arenaBytes + spare),
                               graph.name, "raise --sram");
        return lowering::lowerBands(graph, scheduling::planOf(*front, *chosen), isa);
    };
}

}  // namespace app
