// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to statistics: computes the row of two medians and its verdict. Rows are tested one by
// one and corrected together at the end, because a verdict depends on the number of tests.

#include <set>
#include <vector>

#include "statistics/compare_medians.h"
#include "statistics/compare_sessions.h"
#include "statistics/noise_floor.h"

namespace statistics {

struct TestedRow {
    types::ComparedRow row;
    double pValue = 1;   ///< before the correction
    bool exact = false;  ///< the values repeat exactly, so no test is needed
};

class RowTester {
public:
    /// The options must outlive this object.
    RowTester(const types::Session& baseline, const types::Session& candidate,
              const CompareOptions& options);

    const NoiseFloor& floor() const { return m_floor; }

    /// Sets all of the row but its verdict. Noise between sessions is a share of the medians; for a
    /// row that is a difference of large numbers, `sizeA` and `sizeB` are those numbers, and the
    /// noise is a share of them.
    TestedRow test(types::ComparedRow row, const MedianEstimate& a, const MedianEstimate& b,
                   double sizeA, double sizeB, bool isEstimated) const;

    /// True where one of the two sessions estimated this quantity, at least in part.
    bool isEstimated(types::Quantity quantity) const { return m_estimated.contains(quantity); }

    /// Returns the rows with verdicts, after Holm's correction over all of them.
    std::vector<types::ComparedRow> verdicts(std::vector<TestedRow> tested) const;

private:
    Between between(double sizeA, double sizeB) const;
    bool repeatsExactly(types::Quantity quantity) const;

    const CompareOptions& m_options;
    NoiseFloor m_floor;
    bool m_isEmulator;
    std::set<types::Quantity> m_estimated;  ///< estimated in one of the two
};

}  // namespace statistics
