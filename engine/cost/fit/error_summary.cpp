// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/error_summary.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cost/median_of.h"

namespace cost {
namespace {

double r2Of(const std::vector<Residual>& residuals) {
    double mean = 0;
    for (const Residual& r : residuals)
        mean += r.measured / static_cast<double>(residuals.size());
    double left = 0, total = 0;
    for (const Residual& r : residuals) {
        left += (r.predicted - r.measured) * (r.predicted - r.measured);
        total += (r.measured - mean) * (r.measured - mean);
    }
    return total > 0 ? 1 - left / total : 0;
}

double coveredPercentOf(const std::vector<Residual>& residuals) {
    int64_t claimed = 0, covered = 0;
    for (const Residual& r : residuals) {
        if (r.relativeBand < 0) continue;
        ++claimed;
        covered += std::abs(r.predicted - r.measured) <= r.relativeBand * r.predicted;
    }
    return claimed > 0 ? 100.0 * static_cast<double>(covered) / static_cast<double>(claimed) : -1;
}

}  // namespace

ErrorSummary summarize(const std::vector<Residual>& residuals) {
    ErrorSummary summary;
    summary.layers = static_cast<int64_t>(residuals.size());
    if (residuals.empty()) return summary;
    std::vector<double> errors;
    for (const Residual& r : residuals)
        errors.push_back(100 * std::abs(r.error()));
    std::sort(errors.begin(), errors.end());
    const double count = static_cast<double>(errors.size());
    summary.mapePercent = std::accumulate(errors.begin(), errors.end(), 0.0) / count;
    summary.p90Percent = errors[static_cast<size_t>(std::ceil(0.9 * count)) - 1];
    summary.medianPercent = medianOf(errors);
    summary.worstPercent = errors.back();
    const auto within = std::upper_bound(errors.begin(), errors.end(), 10.0) - errors.begin();
    summary.within10Percent = 100 * static_cast<double>(within) / count;
    summary.r2 = r2Of(residuals);
    summary.coveredPercent = coveredPercentOf(residuals);
    return summary;
}

std::map<std::string, ErrorSummary> summarizeByOp(const std::vector<Residual>& residuals) {
    std::map<std::string, std::vector<Residual>> groups;
    for (const Residual& r : residuals)
        groups[r.op].push_back(r);
    std::map<std::string, ErrorSummary> summaries;
    for (const auto& [op, members] : groups)
        summaries[op] = summarize(members);
    return summaries;
}

}  // namespace cost
