// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/cost_row.h"

#include <algorithm>

#include "cost/band.h"

namespace cost {

void Trips::clear(size_t terms) {
    size = terms;
    std::fill_n(counts.begin(), size, 0.0);
}

void Trips::add(const Trips& other) {
    for (size_t i = 0; i < size; ++i)
        counts[i] += other.counts[i];
}

CostRow::CostRow(const types::KernelCost& cost, bool isStale) : m_cost(&cost), m_isStale(isStale) {
    m_index.fill(kNone);
    for (size_t i = 0; i < cost.terms.size(); ++i) {
        const uint64_t hash = nameHash(cost.terms[i].term);
        size_t slot = hash % kSlots;
        while (m_index[slot] != kNone)
            slot = (slot + 1) % kSlots;
        m_hash[slot] = hash;
        m_index[slot] = static_cast<uint8_t>(i);
    }
}

uint8_t CostRow::find(uint64_t hash) const {
    size_t slot = hash % kSlots;
    while (m_index[slot] != kNone && m_hash[slot] != hash)
        slot = (slot + 1) % kSlots;
    return m_index[slot];
}

bool CostRow::collect(const KernelTerms& terms, Trips& trips) const {
    trips.clear(m_cost->terms.size());
    bool found = false;
    for (const KernelTerms::Term& term : terms) {
        if (term.count == 0) continue;
        const uint8_t at = find(term.name.hash);
        if (at == kNone) {
            if (isPath()) return false;
            continue;
        }
        trips.counts[at] = term.count;
        found = true;
    }
    return found;
}

double CostRow::cycles(const Trips& trips) const {
    double cycles = 0;
    for (size_t i = 0; i < trips.size; ++i)
        cycles += m_cost->terms[i].cycles * trips.counts[i];
    return cycles;
}

double CostRow::spread(const Trips& trips) const {
    if (!isPath()) return 0;
    // Most loops of a path do not run for a given shape; only running ones contribute.
    std::array<size_t, kMaxTerms> running;
    size_t count = 0;
    double total = 0;
    for (size_t i = 0; i < trips.size; ++i) {
        if (trips.counts[i] == 0) continue;
        const double* row = m_cost->inverse.data() + i * (i + 1) / 2;  // lower triangle
        double off = 0;
        for (size_t k = 0; k < count; ++k)
            off += row[running[k]] * trips.counts[running[k]];
        total += trips.counts[i] * (2 * off + row[i] * trips.counts[i]);
        running[count++] = i;
    }
    return std::max(0.0, total);
}

double CostRow::nearBand(const Trips& trips, double cycles) const {
    const std::vector<double>& errors = m_cost->termErrors;
    if (errors.empty() || !(cycles > 0)) return m_cost->relativeError;
    double sum = 0;
    for (size_t i = 0; i < trips.size; ++i)
        sum += errors[i] * m_cost->terms[i].cycles * trips.counts[i];
    return sum / cycles;
}

double CostRow::far(const Trips& trips, double cycles) const {
    if (!(m_cost->layers > 0) || !(cycles > 0)) return 0;
    return std::max(farShare(spread(trips) / (cycles * cycles), static_cast<double>(trips.size),
                             m_cost->layers),
                    farBySize(cycles, m_cost->largest));
}

double CostRow::relativeBand(const Trips& trips, double cycles) const {
    const double near = std::max(nearBand(trips, cycles), m_isStale ? kFarError : 0);
    if (!(m_cost->layers > 0) || !(cycles > 0)) return near;
    return ::cost::relativeBand(near, spread(trips) / (cycles * cycles), far(trips, cycles));
}

}  // namespace cost
