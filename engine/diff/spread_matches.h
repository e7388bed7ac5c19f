// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pairings: which layer of the baseline is paired with which of the candidate; spread() adds pairs
// along the edges. Two layers whose producers and consumers are paired are likely the same, whether
// they have weights or not; of all such pairs the likeliest is taken first.

#include <vector>

#include "diff/align_layers.h"

namespace diff {

class Pairings {
public:
    Pairings(size_t baseline, size_t candidate)
        : m_ofBaseline(baseline, -1), m_ofCandidate(candidate, -1) {}

    /// False where one of them is taken.
    bool add(const AlignedPair& pair) {
        if (ofBaseline(pair.baseline) >= 0 || ofCandidate(pair.candidate) >= 0) return false;
        m_ofBaseline[static_cast<size_t>(pair.baseline)] = pair.candidate;
        m_ofCandidate[static_cast<size_t>(pair.candidate)] = pair.baseline;
        return true;
    }
    /// -1: not paired.
    int32_t ofBaseline(int32_t layer) const { return m_ofBaseline[static_cast<size_t>(layer)]; }
    int32_t ofCandidate(int32_t layer) const { return m_ofCandidate[static_cast<size_t>(layer)]; }

private:
    std::vector<int32_t> m_ofBaseline, m_ofCandidate;
};

void spread(const Side& baseline, const Side& candidate, Pairings& pairings);

}  // namespace diff
