// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawn_sweep.h"

#include <algorithm>
#include <cstdio>

#include "search/sweep/decide_once.h"
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

namespace {

/// Adds all items at once, unless they are there. What data decide once for all of them is decided
/// before, and is part of them.
Result<void> addItems(sweep::SweepStore& store, const DrawnSweep& drawn, const Work& work) {
    const auto status = store.status();
    if (!status) return tl::unexpected(status.error());
    std::vector<Variation> variations = drawn.space.variations;
    if (status->items() >= std::ssize(variations)) return {};
    const auto decisions = search::decideOnce(drawn.subject, variations, work.quiet());
    if (!decisions) return tl::unexpected(decisions.error());
    for (Variation& variation : variations)
        decisions->settle(variation);
    return store.add(search::itemsOf(drawn.subject, variations));
}

}  // namespace

Result<sweep::SweepStorePtr> beginDrawnSweep(const DrawnSweep& drawn, const std::string& database,
                                             store::IfMissing ifMissing, store::Patience patience,
                                             const Work& work) {
    patience.onWait = [](const std::string& sentence) {
        std::fprintf(stderr, "%s\n", sentence.c_str());
    };
    auto opened = store::openSweepStore(database, ifMissing, patience);
    if (!opened) return opened;
    if (auto begun = search::beginSweep(**opened, drawn.spec, databaseName(database)); !begun)
        return tl::unexpected(begun.error());
    if (auto added = addItems(**opened, drawn, work); !added) return tl::unexpected(added.error());
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
