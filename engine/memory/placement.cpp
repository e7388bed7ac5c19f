// SPDX-License-Identifier: GPL-3.0-or-later
#include "memory/placement.h"

#include <algorithm>
#include <map>

namespace memory {
namespace {

using types::PlannedBuffer;
using Placed = std::vector<const PlannedBuffer*>;  ///< sorted by offset

/// Lowest offset >= `offset` where `buffer` fits between those of `placed` that are alive with it.
int64_t lowestFit(const PlannedBuffer& buffer, const Placed& placed, int64_t offset) {
    for (const PlannedBuffer* other : placed) {
        if (!liveTogether(buffer, *other)) continue;
        if (other->offset - offset >= buffer.size) break;
        offset = std::max(offset, other->offset + other->size);
    }
    return offset;
}

/// Lowest offset where every buffer of the chain fits: each buffer may raise it.
int64_t lowestFit(const std::vector<PlannedBuffer>& buffers, const Chain& chain,
                  const Placed& placed) {
    int64_t offset = 0;
    for (size_t fitting = 0, at = 0; fitting < chain.size(); at = (at + 1) % chain.size()) {
        const int64_t fit = lowestFit(buffers[chain[at]], placed, offset);
        fitting = fit == offset ? fitting + 1 : 1;
        offset = fit;
    }
    return offset;
}

void insertByOffset(const PlannedBuffer& buffer, Placed& placed) {
    const auto place = std::upper_bound(
        placed.begin(), placed.end(), buffer.offset,
        [](int64_t offset, const PlannedBuffer* other) { return offset < other->offset; });
    placed.insert(place, &buffer);
}

}  // namespace

bool liveTogether(const PlannedBuffer& a, const PlannedBuffer& b) {
    return a.firstOp <= b.lastOp && b.firstOp <= a.lastOp;
}

std::vector<Chain> chainsOf(const std::vector<PlannedBuffer>& buffers) {
    std::map<int32_t, size_t> heirs;  // by the tensor that they overwrite
    for (size_t i = 0; i < buffers.size(); ++i)
        if (buffers[i].overwrites >= 0) heirs[buffers[i].overwrites] = i;
    std::vector<Chain> chains;
    for (size_t i = 0; i < buffers.size(); ++i) {
        if (buffers[i].overwrites >= 0) continue;
        Chain chain = {i};
        for (auto heir = heirs.find(buffers[i].tensor); heir != heirs.end();
             heir = heirs.find(buffers[heir->second].tensor))
            chain.push_back(heir->second);
        chains.push_back(std::move(chain));
    }
    return chains;
}

int64_t placeInOrder(std::vector<PlannedBuffer>& buffers, const std::vector<Chain>& chains,
                     const std::vector<size_t>& order, int64_t giveUpAt) {
    int64_t end = 0;
    Placed placed;
    placed.reserve(buffers.size());
    for (size_t index : order) {
        const Chain& chain = chains[index];
        const int64_t offset = lowestFit(buffers, chain, placed);
        for (size_t member : chain) {
            buffers[member].offset = offset;
            end = std::max(end, offset + buffers[member].size);
        }
        if (end >= giveUpAt) return end;
        for (size_t member : chain)
            insertByOffset(buffers[member], placed);
    }
    return end;
}

}  // namespace memory
