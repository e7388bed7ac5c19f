// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Study: a question about many measurements or predictions, with its answer: what was found, in
// sentences with figures; charts; one table of the same numbers; where the answer ends to hold; and
// where the numbers come from. An immutable value; the command line prints what the window shows.
//
// Numbers are in the unit of their axis or column. Measured and predicted are told apart by series.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "types/estimate.h"

namespace types {

struct StudyAxis {
    std::string name, unit;
    bool logarithmic = false;
    /// Not empty: a place for each of these instead of a scale; coordinates are indices.
    std::vector<std::string> categories;
};

struct StudyPoint {
    std::string label;
    double x = 0, y = 0;
    std::optional<Estimate> band;  ///< of the coordinate that has a scale; of y where both have
};

struct StudySeries {
    std::string name;
    bool measured = true;  ///< else predicted by a device profile
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

/// Empty: unknown, or does not apply.
using StudyCell = std::variant<std::monostate, std::string, double>;

struct StudyTable {
    std::vector<StudyColumn> columns;
    std::vector<std::vector<StudyCell>> rows;
};

struct Study {
    std::string id;                             ///< "linear-latency"
    std::string title;                          ///< "Latency is linear in operations"
    std::string question;                       ///< what is asked, and which paper said it
    std::vector<std::string> findings, limits;  ///< sentences
    std::vector<StudyChart> charts;
    StudyTable table;
    std::vector<std::string> sources;
};

}  // namespace types
