// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/split_runs.h"

#include <algorithm>
#include <optional>
#include <set>

namespace importers {
namespace {

using Tags = std::vector<std::string>;

// Longer streams of events are not searched for a period: it would take too long.
constexpr size_t kMaxPeriodEvents = 20000;
constexpr size_t kMaxCandidates = 64;

Tags tagsOf(const ProfileBlock& block) {
    Tags tags;
    for (const ProfileEvent& event : block)
        tags.push_back(event.tag);
    return tags;
}

/// The same layer takes about the same time in another run; another layer seldom does.
bool isSimilar(const ProfileEvent& a, const ProfileEvent& b) {
    // Ticks of a damaged log may differ by more than an integer holds.
    const auto [low, high] =
        std::minmax({static_cast<double>(a.ticks), static_cast<double>(b.ticks)});
    return high - low <= high / 4 + 2;
}

bool hasPeriod(const ProfileBlock& events, size_t period) {
    size_t similar = 0;
    const size_t pairs = events.size() - period;
    for (size_t i = 0; i < pairs; ++i) {
        if (events[i].tag != events[i + period].tag) return false;
        similar += isSimilar(events[i], events[i + period]) ? 1 : 0;
    }
    return similar * 10 >= pairs * 9;
}

/// Most periods end at their first tag that differs; a stream of one tag costs O(n^2), which
/// kMaxPeriodEvents bounds.
std::optional<size_t> shortestPeriod(const ProfileBlock& events) {
    if (events.size() > kMaxPeriodEvents) return std::nullopt;
    for (size_t period = 1; period <= events.size() / 2; ++period)
        if (hasPeriod(events, period)) return period;
    return std::nullopt;
}

/// Linear: an event that breaks a run off is looked at a second time, as the first of the next.
SplitRuns splitBy(const Tags& tags, const ProfileBlock& events) {
    SplitRuns result;
    ProfileBlock open;
    for (const ProfileEvent& event : events) {
        if (event.tag != tags[open.size()]) {
            result.leftOut += open.size();
            open.clear();
        }
        if (event.tag != tags[open.size()]) {
            ++result.leftOut;
            continue;
        }
        open.push_back(event);
        if (open.size() < tags.size()) continue;
        result.runs.push_back(std::move(open));
        open.clear();
    }
    result.leftOut += open.size();
    return result;
}

bool isPrefix(const Tags& shorter, const Tags& longer) {
    return shorter.size() <= longer.size() &&
           std::equal(shorter.begin(), shorter.end(), longer.begin());
}

/// True where no block is a prefix of another: noise may then have split one run into blocks.
bool areParts(const std::set<Tags>& distinct, size_t blockCount) {
    if (distinct.size() != blockCount) return false;
    // In sorted order, texts with a common prefix follow that prefix.
    const auto cut = std::adjacent_find(distinct.begin(), distinct.end(), isPrefix);
    return cut == distinct.end();
}

std::vector<Tags> candidatesOf(const std::vector<ProfileBlock>& blocks,
                               const ProfileBlock& events) {
    std::set<Tags> distinct;
    for (const ProfileBlock& block : blocks)
        distinct.insert(tagsOf(block));
    std::vector<Tags> candidates(distinct.begin(), distinct.end());
    if (candidates.size() > kMaxCandidates) candidates.resize(kMaxCandidates);
    const Tags all = tagsOf(events);
    if (const auto period = shortestPeriod(events))
        candidates.emplace_back(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(*period));
    if (areParts(distinct, blocks.size())) candidates.push_back(all);
    return candidates;
}

}  // namespace

// The sequence of the model leaves out nothing but runs that a restart cut short, so the candidate
// with the fewest events left out is taken. Candidates come by rising length, and only a strictly
// better one replaces another: of those that explain everything the shortest stays, for two runs in
// a row explain as much as one. Each costs one pass over the events, and there are at most
// kMaxCandidates + 2.
SplitRuns splitRuns(const std::vector<ProfileBlock>& blocks) {
    ProfileBlock events;
    for (const ProfileBlock& block : blocks)
        events.insert(events.end(), block.begin(), block.end());
    if (events.empty()) return {};
    auto candidates = candidatesOf(blocks, events);
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Tags& a, const Tags& b) { return a.size() < b.size(); });
    SplitRuns best;
    best.leftOut = events.size() + 1;
    for (const Tags& tags : candidates) {
        if (tags.empty()) continue;
        SplitRuns split = splitBy(tags, events);
        // Where both leave events out, a shorter block is a truncated run.
        const bool isLonger = split.leftOut == best.leftOut && split.leftOut > 0;
        if (split.leftOut < best.leftOut || isLonger) best = std::move(split);
    }
    return best;
}

}  // namespace importers
