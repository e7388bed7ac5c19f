// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of statistics: from two medians to a row with a verdict. Rows are judged one by one and
// corrected together at the end, because a verdict depends on how many were asked for.

#include <set>
#include <vector>

#include "statistics/compare_medians.h"
#include "statistics/compare_sessions.h"
#include "statistics/noise_floor.h"

namespace statistics {

struct JudgedRow {
    types::ComparedRow row;
    double pValue = 1;   ///< before the correction
    bool exact = false;  ///< repeats exactly: no chance is involved
};

class RowJudge {
public:
    /// The options must outlive the judge.
    RowJudge(const types::Session& baseline, const types::Session& candidate,
             const CompareOptions& options);

    const NoiseFloor& floor() const { return m_floor; }

    /// Fills the row but for its verdict. Noise between sessions is a share of the medians; a row
    /// that is a difference of large numbers names those (`sizeA`, `sizeB`): their noise is its
    /// own.
    JudgedRow judge(types::ComparedRow row, const MedianEstimate& a, const MedianEstimate& b,
                    double sizeA, double sizeB, bool isEstimated) const;

    /// One of the two sessions estimated this quantity, at least in part.
    bool isEstimated(types::Quantity quantity) const { return m_estimated.contains(quantity); }

    /// The rows with their verdicts, after Holm's correction for all of them.
    std::vector<types::ComparedRow> verdicts(std::vector<JudgedRow> judged) const;

private:
    Between between(double sizeA, double sizeB) const;
    bool repeatsExactly(types::Quantity quantity) const;

    const CompareOptions& m_options;
    NoiseFloor m_floor;
    bool m_isEmulator;
    std::set<types::Quantity> m_estimated;  ///< by one of the two
};

}  // namespace statistics
