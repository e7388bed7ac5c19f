// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/row_tester.h"

#include <cmath>
#include <limits>

#include "statistics/holm.h"

namespace statistics {
namespace {

using namespace types;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double percentOf(double part, double whole) {
    if (part == 0) return 0;
    return whole == 0 ? std::copysign(kInfinity, part) : 100 * part / std::abs(whole);
}

}  // namespace

RowTester::RowTester(const Session& baseline, const Session& candidate,
                     const CompareOptions& options)
    : m_options(options),
      m_floor(noiseFloor(baseline, candidate, options.repeats)),
      m_isEmulator(baseline.conditions.source == MeasurementSource::Emulator &&
                   candidate.conditions.source == MeasurementSource::Emulator) {
    for (const Session* session : {&baseline, &candidate})
        for (const Measurement& m : session->measurements)
            if (m.estimated) m_estimated.insert(m.quantity);
}

TestedRow RowTester::test(ComparedRow row, const MedianEstimate& a, const MedianEstimate& b,
                          double sizeA, double sizeB, bool isEstimated) const {
    row.baseline = a.median;
    row.candidate = b.median;
    row.difference = b.median - a.median;
    row.baselineSamples = static_cast<int64_t>(a.samples);
    row.candidateSamples = static_cast<int64_t>(b.samples);
    row.percent = percentOf(row.difference, a.median);
    // An estimate from exact counts repeats exactly, but its ratio may be wrong: no verdict.
    if (m_isEmulator && isEstimated) {
        row.lowPercent = -kInfinity;
        row.highPercent = kInfinity;
        row.note = "estimated: no verdict";
        return {row, 1, true};
    }
    if (repeatsExactly(row.quantity)) {
        row.lowPercent = row.highPercent = row.percent;
        row.note = "exact";
        return {row, row.difference == 0 ? 1.0 : 0.0, true};
    }
    const auto difference = compareMedians(a, b, between(sizeA, sizeB), m_options.confidence);
    row.lowPercent = difference ? percentOf(difference->low, a.median) : -kInfinity;
    row.highPercent = difference ? percentOf(difference->high, a.median) : kInfinity;
    if (!difference)
        row.note = std::string(a.samples < 2 || b.samples < 2 ? "a single sample" : "too large") +
                   ": no interval";
    if (isEstimated) row.note += row.note.empty() ? "estimated" : "; estimated";
    return {row, difference ? difference->pValue : 1.0, false};
}

std::vector<ComparedRow> RowTester::verdicts(std::vector<TestedRow> tested) const {
    std::vector<double> pValues;
    for (const TestedRow& one : tested)
        if (!one.exact) pValues.push_back(one.pValue);
    const auto adjusted = holmAdjusted(pValues);
    const double alpha = (1 - m_options.confidence) / 2;
    std::vector<ComparedRow> rows;
    size_t next = 0;
    for (TestedRow& one : tested) {
        const bool isLarge = std::abs(one.row.percent) >= 100 * m_options.minimumEffect;
        one.row.significant = one.exact ? one.pValue == 0 : adjusted[next++] < alpha && isLarge;
        rows.push_back(std::move(one.row));
    }
    return rows;
}

Between RowTester::between(double sizeA, double sizeB) const {
    const double relative = m_floor.relative * std::hypot(sizeA, sizeB);
    return {std::hypot(relative, std::sqrt(2.0) * m_floor.absolute), m_floor.freedom};
}

bool RowTester::repeatsExactly(Quantity quantity) const {
    return m_isEmulator || quantity == Quantity::Bytes || quantity == Quantity::Count;
}

}  // namespace statistics
