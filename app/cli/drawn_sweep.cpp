// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawn_sweep.h"

#include <algorithm>
#include <cstdio>

#include "search/sweep/item_crew.h"

namespace app {

using namespace types;

Result<DrawnSweep> drawSweep(const SweepFlags& flags, const Work& work) {
    auto subject = flags.subject();
    if (!subject) return tl::unexpected(subject.error());
    const auto space = readSpace(flags.space, subject->graph);
    if (!space) return tl::unexpected(space.error());
    auto drawn = search::drawSpace(*space, subject->graph, work);
    if (!drawn) return tl::unexpected(drawn.error());
    search::shareWork(*subject, drawn->variations);
    sweep::Spec spec = search::specOf(*subject, space->text());
    return DrawnSweep{std::move(*subject), std::move(*drawn), std::move(spec)};
}

Result<sweep::SweepStorePtr> beginDrawnSweep(const DrawnSweep& drawn, const std::string& database,
                                             store::IfMissing ifMissing, store::Patience patience) {
    patience.onWait = [](const std::string& sentence) {
        std::fprintf(stderr, "%s\n", sentence.c_str());
    };
    auto opened = store::openSweepStore(database, ifMissing, patience);
    if (!opened) return opened;
    if (auto begun = search::beginSweep(**opened, drawn.spec, databaseName(database)); !begun)
        return tl::unexpected(begun.error());
    const auto items = search::itemsOf(drawn.subject, drawn.space.variations);
    if (auto added = (*opened)->add(items); !added) return tl::unexpected(added.error());
    return opened;
}

double secondsEach(const DrawnSweep& drawn) {
    constexpr size_t kMost = 8;
    constexpr double kEnough = 10;
    const auto items = search::itemsOf(drawn.subject, drawn.space.variations);
    const size_t count = std::min(kMost, items.size());
    double seconds = 0;
    size_t done = 0;
    for (size_t i = 0; i < count && seconds < kEnough; ++i) {
        const auto& item = items[i * (items.size() - 1) / std::max<size_t>(count - 1, 1)];
        const auto result = search::evaluateItem(drawn.subject, {item.item, 1, item.variation}, {});
        seconds += result.seconds;
        ++done;
    }
    return done == 0 ? 0 : seconds / static_cast<double>(done);
}

}  // namespace app
