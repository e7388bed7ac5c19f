// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/cost_row.h"

#include <algorithm>

namespace cost {

CostRow::CostRow(const types::KernelCost& cost) : m_cost(&cost) {
    for (size_t i = 0; i < cost.terms.size(); ++i)
        m_index.emplace(cost.terms[i].term, i);
}

bool CostRow::collect(const KernelTerms& path, const KernelTerms& plain,
                      std::vector<double>& turns) const {
    turns.assign(m_cost->terms.size(), 0);
    bool found = false;
    for (const KernelTerms::Term& term : isPath() ? path : plain) {
        if (term.count == 0) continue;
        const auto at = m_index.find(term.name);
        if (at == m_index.end()) {
            if (isPath()) return false;
            continue;
        }
        turns[at->second] = term.count;
        found = true;
    }
    return found;
}

double CostRow::cycles(const std::vector<double>& turns) const {
    double cycles = 0;
    for (size_t i = 0; i < turns.size(); ++i)
        cycles += m_cost->terms[i].cycles * turns[i];
    return cycles;
}

double CostRow::spread(const std::vector<double>& turns) const {
    if (!isPath()) return 0;
    double total = 0;
    const double* row = m_cost->inverse.data();  // lower triangle, row by row
    for (size_t i = 0; i < turns.size(); row += ++i) {
        if (turns[i] == 0) continue;
        double off = 0;
        for (size_t j = 0; j < i; ++j)
            off += row[j] * turns[j];
        total += turns[i] * (2 * off + row[i] * turns[i]);
    }
    return std::max(0.0, total);
}

}  // namespace cost
