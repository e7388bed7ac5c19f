// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Study: a question about many measurements or predictions, with its answer: findings as sentences
// with figures; charts; one table of the same numbers; the limits of the findings; and the sources
// of the numbers. An immutable value; the command line and the window show the same.
//
// Numbers are in the unit of their axis or column. Series distinguish measured and predicted.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "types/estimate.h"

namespace types {

struct StudyAxis {
    std::string name, unit;
    bool logarithmic = false;
    /// Not empty: an axis of categories instead of a scale; coordinates are indices.
    std::vector<std::string> categories;
};

struct StudyPoint {
    std::string label;
    double x = 0, y = 0;
    std::optional<Estimate> band;  ///< of the coordinate with a scale; of y where both have one
};

struct StudySeries {
    std::string name;
    bool measured = true;  ///< false: predicted by a device profile
    std::vector<StudyPoint> points;
};

/// y = slope * x + intercept, drawn from one x to another.
struct StudyLine {
    std::string name;
    double slope = 0, intercept = 0, fromX = 0, toX = 0;
    int series = -1;  ///< whose points it was fitted to; -1: all of them
};

struct StudyChart {
    std::string title;
    StudyAxis x, y;
    std::vector<StudySeries> series;
    std::vector<StudyLine> lines;
};

struct StudyColumn {
    std::string name, unit;
};

/// Empty: unknown, or not applicable.
using StudyCell = std::variant<std::monostate, std::string, double>;

struct StudyTable {
    std::vector<StudyColumn> columns;
    std::vector<std::vector<StudyCell>> rows;
};

struct Study {
    std::string id;                             ///< "linear-latency"
    std::string title;                          ///< "Latency is linear in operations"
    std::string question;                       ///< the question, and the paper that answered it
    std::vector<std::string> findings, limits;  ///< sentences
    std::vector<StudyChart> charts;
    StudyTable table;
    std::vector<std::string> sources;
};

}  // namespace types
