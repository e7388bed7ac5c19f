// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CostRow: one row of a device profile in the form that predictions use: the trip count of each of
// its loops for a workload, their cost, and the distance of the workload from the layers that the
// row was fitted to. Predictions apply a row to every operator, so nothing here allocates or
// compares text.
//
// Thread rules: immutable.

#include <array>

#include "cost/terms/kernel_terms.h"
#include "types/device_profile.h"

namespace cost {

/// Longest row that a device file may hold.
inline constexpr size_t kMaxTerms = KernelTerms::kCapacity;

/// Trip counts of the terms of one row, in the order of the row.
struct Trips {
    std::array<double, kMaxTerms> counts;
    size_t size = 0;

    /// Sets the number of terms, all with trip count 0.
    void clear(size_t terms);
    void add(const Trips& other);
};

class CostRow {
public:
    /// The row must outlive this object; it has at most kMaxTerms terms.
    /// `isStale`: the terms have changed since the row was fitted.
    CostRow(const types::KernelCost& cost, bool isStale);

    const types::KernelCost& cost() const { return *m_cost; }
    /// True for a row fitted to the loops of a code path; false for a plain row, which omits terms
    /// on purpose.
    bool isPath() const { return !m_cost->inverse.empty(); }
    bool isStale() const { return m_isStale; }

    /// Sets the trip count of each term. Returns false where the row does not cover the workload: a
    /// path runs a loop that the row has no figure for, or a plain row shares no term with it.
    /// `terms`: those of the path for a row of a path, else the plain ones.
    bool collect(const KernelTerms& terms, Trips& trips) const;

    double cycles(const Trips& trips) const;
    /// trips' G^-1 trips, in squared cycles; 0 for a plain row.
    double spread(const Trips& trips) const;
    /// The band of a layer like the measured ones, before distance from them widens it.
    double nearBand(const Trips& trips, double cycles) const;
    /// Half width of the 90 % band as a share of `cycles`, which are those of the trips. A row
    /// taken over from another board (no layers) has an estimated band: leverages on that board do
    /// not apply here.
    double relativeBand(const Trips& trips, double cycles) const;
    /// True where the layer is outside the measured ones; false for a row without layers.
    bool isFar(const Trips& trips, double cycles) const { return far(trips, cycles) > 0; }

private:
    static constexpr size_t kSlots = 128;
    static constexpr uint8_t kNone = 0xff;

    uint8_t find(uint64_t hash) const;
    double far(const Trips& trips, double cycles) const;

    const types::KernelCost* m_cost;
    bool m_isStale = false;
    std::array<uint64_t, kSlots> m_hash{};  ///< open addressing: slot -> hash of a term
    std::array<uint8_t, kSlots> m_index;    ///< slot -> position in the row, or kNone
};

}  // namespace cost
