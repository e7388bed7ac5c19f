// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A study as files: its table as comma-separated values, a chart as an SVG picture.

#include <string>

#include "types/study.h"

namespace studies {

/// One line of names with units, then the rows; text with commas or quotes is quoted (RFC 4180).
/// Unknown cells are empty.
std::string csvOf(const types::StudyTable& table);

/// A picture that any browser shows: axes, points with their bands, straight lines, a legend. A
/// series of two or more points on scales is joined by a line.
std::string svgOf(const types::StudyChart& chart);

}  // namespace studies
