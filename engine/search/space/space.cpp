// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/space/space.h"

#include <algorithm>

namespace search {

using types::Variation;

double Space::size() const {
    double size = 1;
    for (const Dimension& dimension : m_dimensions)
        size *= static_cast<double>(dimension.choices.size());
    return size;
}

bool Space::allows(const Point& point) const {
    const auto all = [&](const std::vector<Clause>& clauses) {
        return std::ranges::all_of(clauses, [&](const Clause& clause) {
            return clause.holds[static_cast<size_t>(point[clause.dimension])];
        });
    };
    return std::ranges::all_of(m_conditions, [&](const Condition& condition) {
        return !all(condition.given) || all(condition.wanted);
    });
}

Variation Space::at(const Point& point) const {
    Variation variation;
    for (size_t d = 0; d < m_dimensions.size(); ++d) {
        const Dimension& dimension = m_dimensions[d];
        dimension.copy(dimension.choices[static_cast<size_t>(point[d])].variation, variation);
    }
    return variation;
}

}  // namespace search
