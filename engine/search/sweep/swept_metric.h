// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Metrics: the figures of a variation that limits and objectives name, and Answer: those figures as
// the database of a sweep keeps them.
//
// Units in documents: bytes, microseconds, microjoules, shares from 0 to 1. In limits a number may
// carry a unit: 64KiB, 100ms, 2mJ, 85%, 5M.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "types/evaluation.h"
#include "types/result.h"

namespace search {

struct SweptMetric {
    const char* name;  ///< "latency": word of the command line
    const char* key;   ///< "latency_us": key in the totals of a document
    const char* high;  ///< key of the upper end of its predicted band; "": there is none
    bool moreIsBetter;
    const char* unit;  ///< "bytes", "us", "uj", "share", "db", "count"
};

const std::vector<SweptMetric>& metrics();
/// Null for an unknown word.
const SweptMetric* metricNamed(const std::string& name);
/// "accuracy, agreement, ...": for messages and help.
std::string metricNames();

/// The answer of one item. Unknown figures are missing.
struct Answer {
    std::map<std::string, double> totals;  ///< by key
    std::optional<bool> fitsFlash, fitsSram;
    std::string modelSha256;

    std::optional<double> value(const SweptMetric& metric) const;
    /// The upper end of the band, else the value.
    std::optional<double> upper(const SweptMetric& metric) const;
};

Answer answerOf(const types::Evaluation& evaluation);
/// JSON: {"totals": {...}, "fits": {...}, "model_sha256": ...}; equal answers have equal texts.
std::string documentOf(const Answer& answer);
/// Reads an untrusted document: an Error where it is not of that form.
types::Result<Answer> parseAnswer(const std::string& document);

/// A bound that a variation must keep: at most `value`, or at least for a metric of which more is
/// better.
struct Limit {
    const SweptMetric* metric = nullptr;
    double value = 0;

    /// How far the answer is beyond the bound, as a share of it; 0: it keeps the bound. An unknown
    /// figure is beyond every bound. `byUpper`: judged by the upper end of the band.
    double excess(const Answer& answer, bool byUpper) const;
};

/// "sram=64KiB". Errors: an unknown metric, no number, a unit of something else.
types::Result<Limit> parseLimit(const std::string& text);
/// A list of names: "accuracy,latency,flash".
types::Result<std::vector<const SweptMetric*>> parseMetrics(const std::string& names);

}  // namespace search
