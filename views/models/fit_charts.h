// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Charts and tables of predictions against measurements, of a fit or of a profile: predicted
// against measured, residuals by operator, errors, and the layers to measure next.

#include <QColor>

#include "types/fit_report.h"
#include "types/study.h"

namespace views {

/// A chart with the colours of its series, which are those of the operators.
struct ColoredChart {
    types::StudyChart chart;
    std::vector<QColor> colors;
};

/// Both axes logarithmic, with the diagonal and the bands; one series per operator. `predicted`:
/// title of the vertical axis; `unit`: of both.
ColoredChart predictedAgainstMeasured(const std::vector<types::FitPoint>& points,
                                      const std::string& predicted, const std::string& unit);
/// One row per operator, one point per layer.
ColoredChart residualsByOperator(const std::vector<types::FitPoint>& points);

/// `title` heads the first column. Leaves out parts without layers.
types::StudyTable errorsTable(const std::string& title, const std::vector<types::FitLine>& lines);
types::StudyTable adviceTable(const std::vector<types::LayerAdvice>& advice);

}  // namespace views
