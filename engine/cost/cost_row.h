// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CostRow: one row of a device profile, ready to be applied: how often each of its loops runs for a
// workload, what that costs, and how far the workload lies from what the row was fitted to.

#include <string_view>
#include <unordered_map>
#include <vector>

#include "cost/kernel_terms.h"
#include "types/device_profile.h"

namespace cost {

class CostRow {
public:
    /// The row must outlive this.
    explicit CostRow(const types::KernelCost& cost);

    const types::KernelCost& cost() const { return *m_cost; }
    /// Fitted to the loops of a code path; else a plain row, which leaves terms out on purpose.
    bool isPath() const { return !m_cost->inverse.empty(); }

    /// Sets how often each term runs. False where the row does not cover the workload: a path runs
    /// a loop that it has no figure for, or a plain row shares no term with it.
    bool collect(const KernelTerms& path, const KernelTerms& plain,
                 std::vector<double>& turns) const;

    double cycles(const std::vector<double>& turns) const;
    /// turns' G^-1 turns, in squared cycles; 0 for a plain row.
    double spread(const std::vector<double>& turns) const;

private:
    const types::KernelCost* m_cost;
    std::unordered_map<std::string_view, size_t> m_index;  ///< term -> position
};

}  // namespace cost
